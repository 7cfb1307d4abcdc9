package dev.chassis.departure;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How often ECS is asked whether the task departs. Immutable. Rules between keys are those of {@link DepartureWatch#check}. */
@ConfigMapping(prefix = "chassis.departure")
@Description("Whether ECS takes the task away, of services that add a DepartureWatch.")
public interface DepartureConfig {

    /** How often ECS is asked. */
    @Description(
            "The time between two questions to ECS, give or take a fifth. With more than 12 tasks"
                    + " (chassis.platform.max-tasks) a quarter of a second for each of them where that is longer, because all tasks of an account share what ECS answers.")
    @Range(min = "1s", max = "1m")
    @WithDefault("3s")
    Duration interval();

    /** How long there is to leave. */
    @Description("The time in which whoever is told of a departure is to be gone. Default: 20s, or what"
            + " chassis.platform.deregistration-delay leaves after the departure is noticed, if that is less.")
    @Range(min = "1s", max = "30m")
    Optional<Duration> window();

    /** How long ECS may take. */
    @Description("How long a connection to ECS may take, and how long its answer; 2s at most for the connection.")
    @Range(min = "100ms", max = "10s")
    @WithDefault("2s")
    Duration timeout();

    /** Where ECS is. */
    @Description(
            "The address of ECS, where it is not that of the task's region: a VPC endpoint without a private name, or an emulator.")
    Optional<URI> endpoint();
}
