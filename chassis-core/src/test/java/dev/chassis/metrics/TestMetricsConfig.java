package dev.chassis.metrics;

import java.util.Map;

/** The configuration with its default limit, and tags of one's own. */
public record TestMetricsConfig(Map<String, String> tags, int maxRoutes) implements MetricsConfig {

    public static MetricsConfig plain() {
        return new TestMetricsConfig(Map.of(), 300);
    }
}
