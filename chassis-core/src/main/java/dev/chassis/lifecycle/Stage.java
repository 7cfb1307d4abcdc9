package dev.chassis.lifecycle;

/**
 * When a component starts, relative to others. Stages start in the order written here and stop in reverse; the components of one stage
 * start in parallel, except where one {@linkplain Component#dependsOn() holds} another.
 */
public enum Stage {
    /** Logs and meters: first up, last down. */
    TELEMETRY,
    /** The admin port, which must answer while everything else starts and stops. */
    ADMIN,
    /** What is used: pools, connections, executors. */
    RESOURCE,
    /** What sends on: publishers. */
    EGRESS,
    /** Hooks that warm caches and code before the service is ready. */
    WARM_UP,
    /** What receives work: HTTP, consumers, WebSocket endpoints. */
    INGRESS
}
