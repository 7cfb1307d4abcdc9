package dev.chassis.metrics;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/** What every meter of the service carries, and how many series it may make. */
@ConfigMapping(prefix = "chassis.metrics")
@Description("Metrics, which the admin port serves in the Prometheus text format.")
public interface MetricsConfig {

    /** Tags of every meter besides {@code service} and {@code version}. */
    @Description(
            "Tags that every meter carries besides service and version, one key per tag: chassis.metrics.tags.region=eu.")
    Map<String, String> tags();

    /** How many values the tag {@code route} may take before further ones become {@code other}. */
    @Description(
            "How many values the tag route may take; further ones are counted together as other, so that a mistake cannot make "
                    + "series without end. Raise it for a service with more routes.")
    @Range(min = "1", max = "10000")
    @WithDefault("300")
    int maxRoutes();
}
