package dev.chassis.logging;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import dev.chassis.metrics.MeterSelection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which meters go to CloudWatch through the log, and how often. Immutable. */
@ConfigMapping(prefix = "chassis.emf")
@Description(
        "Metrics to Amazon CloudWatch through the log (embedded metric format), of services that add an EmfMetrics.")
public interface EmfConfig {

    /** Under which name the meters are found; none is told without one. */
    @Description("The namespace of the service's meters. Not set: none is told. Not AWS/…, which is Amazon's.")
    Optional<String> namespace();

    /** How often. */
    @Description("The time between two publications. Below 1m CloudWatch stores them in high resolution.")
    @Range(min = "1s", max = "1h")
    @WithDefault("1m")
    Duration step();

    /** Which meters. */
    @Description(
            "Which meters are told, by the beginnings of their names, separated by commas. Each costs money: a timer is four metrics.")
    @WithDefault(MeterSelection.INCLUDE)
    List<String> include();

    /** Which tags of timers and summaries. */
    @Description(
            "Which tags of timers and summaries become dimensions, separated by commas; the others are added up. Each value of each"
                    + " is one more metric.")
    @WithDefault(MeterSelection.TAGS)
    List<String> tags();

    /** The dimension Environment. */
    @Description("The dimension Environment, beside Service.")
    @WithDefault("default")
    String environment();
}
