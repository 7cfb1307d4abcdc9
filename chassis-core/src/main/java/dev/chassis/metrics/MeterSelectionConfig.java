package dev.chassis.metrics;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which meters go to CloudWatch, and how often: the keys that every way there has, each below a prefix of its own. Nobody binds this one by its
 * annotation, which is there for the build: it compiles what has one. Immutable.
 */
@ConfigMapping(prefix = "")
public interface MeterSelectionConfig {

    /** Under which name the meters are found; they stay here without one. */
    @Description("The namespace of the service's meters. Not set: no meter is published. Not AWS/…, which is Amazon's.")
    Optional<String> namespace();

    /** How often. */
    @Description("The time between two publications. Below 1m CloudWatch stores them in high resolution.")
    @Range(min = "1s", max = "1h")
    @WithDefault("1m")
    Duration step();

    /** Which meters: what is worth its price for most services. */
    @Description(
            "Which meters are published, by the beginnings of their names, separated by commas. Each costs money: a timer is four metrics.")
    @WithDefault(
            "http.server.requests,jvm.gc.pause,process.cpu.usage,hikaricp.connections.pending,rabbitmq.consumer.in.flight")
    List<String> include();

    /** Which tags of timers and summaries: the one that is worth its price for most services. */
    @Description(
            "Which tags of timers and summaries become dimensions, separated by commas; the others are added up. Each value of each"
                    + " is one more metric.")
    @WithDefault("outcome")
    List<String> tags();

    /** The dimension Environment. */
    @Description("The dimension Environment, beside Service.")
    @WithDefault("default")
    String environment();
}
