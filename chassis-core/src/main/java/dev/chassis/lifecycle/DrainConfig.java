package dev.chassis.lifecycle;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * The one budget of a drain and how it is cut. The defaults fit the 30 s that ECS gives a container by default ({@code stopTimeout}) with
 * five seconds to spare.
 */
@ConfigMapping(prefix = "chassis.drain")
@Description(
        "The one budget of a drain and how it is cut. announce + close must be less than budget; the rest is the grace of work in flight.")
public interface DrainConfig {

    /** Everything, from the signal to the end of the process. */
    @Description("Everything, from SIGTERM to the end of the process. Must be less than the container's stopTimeout.")
    @Range(min = "1s", max = "1h")
    @WithDefault("25s")
    Duration budget();

    /** The ceiling of the lame-duck period. */
    @Description(
            "The ceiling of the lame-duck period, in which readiness already fails and everything is still served. It ends earlier when "
                    + "traffic has been quiet for chassis.drain.quiet-period.")
    @Range(min = "0s", max = "10m")
    @WithDefault("10s")
    Duration announce();

    /** How long without traffic counts as quiet. */
    @Description("How long without a request or delivery counts as quiet: the load balancer has let go of us.")
    @Range(min = "0s", max = "5m")
    @WithDefault("2s")
    Duration quietPeriod();

    /** What is kept for flushing and closing. */
    @Description("What is kept of the budget for flushing publishers and logs and for closing pools.")
    @Range(min = "100ms", max = "10m")
    @WithDefault("5s")
    Duration close();
}
