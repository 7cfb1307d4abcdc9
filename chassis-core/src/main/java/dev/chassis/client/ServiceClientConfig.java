package dev.chassis.client;

import dev.chassis.config.Description;
import dev.chassis.config.Range;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What can be set about calls to one other service. Immutable. */
@Description("Calls to another service over HTTP.")
public interface ServiceClientConfig {

    /** The time a connection may take. */
    @Description("The time a connection may take to be made.")
    @Range(min = "1ms")
    @WithDefault("2s")
    Duration connectTimeout();

    /** The time an attempt may take. */
    @Description(
            "The time from an attempt's beginning to the head of its answer; a request that has a time-out of its own keeps that.")
    @Range(min = "1ms")
    @WithDefault("5s")
    Duration attemptTimeout();

    /** The time everything may take. */
    @Description("The time all attempts and the waits between may take; no new attempt begins after it.")
    @Range(min = "1ms")
    @WithDefault("10s")
    Duration totalTimeout();

    /** How many attempts may follow the first. */
    @Description(
            "How often a request of an idempotent method is tried again, after a failed connection or one of the answers 502, 503 and 504; 0 for never.")
    @Range(min = "0", max = "10")
    @WithDefault("2")
    int retries();

    /** The wait before the first retry. */
    @Description("The longest wait before the first retry; it doubles with each, and the real one is random below it.")
    @Range(min = "1ms")
    @WithDefault("100ms")
    Duration backoff();

    /** The longest wait between attempts. */
    @Description("The most that the wait may grow to.")
    @Range(min = "1ms")
    @WithDefault("2s")
    Duration backoffCap();
}
