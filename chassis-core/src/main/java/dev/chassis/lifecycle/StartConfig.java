package dev.chassis.lifecycle;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long components may take to start, and how passing failures are retried. */
@ConfigMapping(prefix = "chassis.start")
@Description("How long components may take to start, and how passing failures are retried.")
public interface StartConfig {

    /** The time one component has, retries included. */
    @Description(
            "The time one component has to start, retries included. Past it the whole start fails and is rolled back.")
    @Range(min = "100ms", max = "30m")
    @WithDefault("30s")
    Duration timeout();

    /** The ceiling of the first retry's delay. */
    @Description(
            "The ceiling of the delay before the first retry; it doubles with every attempt. The delay itself is random below it.")
    @Range(min = "1ms", max = "1m")
    @WithDefault("200ms")
    Duration retryBase();

    /** The ceiling of every retry's delay. */
    @Description("The ceiling of the delay before any retry. At least chassis.start.retry-base.")
    @Range(min = "1ms", max = "5m")
    @WithDefault("5s")
    Duration retryCap();

    /** What happens when the heap may grow beyond the memory there is. */
    @Description(
            "What happens when the heap may grow beyond the memory of the task or the container: refuse fails the start, warn is a line in the"
                    + " log.")
    @WithDefault("refuse")
    OnHeapExcess onHeapExcess();

    /** What happens when the heap does not fit. */
    enum OnHeapExcess {
        /** The start fails. */
        REFUSE,
        /** A line in the log. */
        WARN
    }
}
