package dev.chassis.websocket.internal;

import java.time.Duration;

/**
 * How a task tells others.
 *
 * @param channel the topic of the bus, the same on all tasks
 * @param queue how many messages may wait for the bus; the oldest are dropped then, which others notice as a gap
 * @param lease how often a task says that it is here
 * @param ttl after which silence a task and its sessions count as gone
 * @param echo how long an own message may take to come back before the bus counts as lost
 */
public record ClusterSettings(String channel, int queue, Duration lease, Duration ttl, Duration echo) {

    /** What suits: 10,000 messages, a lease of 30 s that is worth 90 s, 10 s for an echo. */
    public static ClusterSettings of(String channel) {
        return new ClusterSettings(
                channel, 10_000, Duration.ofSeconds(30), Duration.ofSeconds(90), Duration.ofSeconds(10));
    }
}
