package dev.chassis.websocket;

import dev.chassis.lifecycle.DrainConfig;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The times of the configuration as the hot path wants them, and their jitter. Immutable. */
record Timing(
        long pingNanos,
        long ageNanos,
        long authenticationNanos,
        long windowNanos,
        long spreadNanos,
        Duration expiryWarning) {

    private static final long NEVER_NANOS = Duration.ofDays(36_500).toNanos();
    private static final long MAX_SWEEP_MILLIS = 1000;
    private static final long MIN_SWEEP_MILLIS = 10;
    private static final int SWEEPS_PER_PING = 10;
    private static final int PERCENT = 100;
    private static final int DEFAULT_WINDOW_PERCENT = 80;

    static Timing of(WebSocketConfig config, Duration grace) {
        Duration window = config.drainWindow().orElse(defaultWindow(grace));
        Duration age = config.maxSessionAge();
        return new Timing(
                config.pingInterval().toNanos(),
                age.isZero() ? NEVER_NANOS : age.toNanos(),
                config.authenticationTimeout().toNanos(),
                window.toNanos(),
                Math.max(window.toNanos(), config.reconnectSpread().toNanos()),
                config.expiryWarning());
    }

    /** What a drain leaves for work in flight. */
    static Duration grace(DrainConfig drain) {
        return drain.budget().minus(drain.announce()).minus(drain.close());
    }

    private static Duration defaultWindow(Duration grace) {
        return Duration.ofNanos(grace.toNanos() / PERCENT * DEFAULT_WINDOW_PERCENT);
    }

    /** The longest that two pings may be apart. */
    static Duration longestPing(WebSocketConfig config) {
        return config.pingInterval().plus(Duration.ofNanos(config.pingInterval().toNanos() / 5));
    }

    long nextPing() {
        return jittered(pingNanos);
    }

    long age() {
        return ageNanos == NEVER_NANOS ? NEVER_NANOS : jittered(ageNanos);
    }

    long sweepMillis() {
        long millis = pingNanos / SWEEPS_PER_PING / 1_000_000;
        return Math.max(MIN_SWEEP_MILLIS, Math.min(MAX_SWEEP_MILLIS, millis));
    }

    /** The latest that a client is told to come back. */
    long retryMillis() {
        return Math.max(1, spreadNanos / 1_000_000);
    }

    /** When a refused client may come back: somewhere in the time over which the others do, too. */
    Duration retryAfter() {
        return Duration.ofSeconds(1 + ThreadLocalRandom.current().nextLong(Math.max(1, retryMillis() / 1000)));
    }

    /** A fifth less to a fifth more. */
    private static long jittered(long nanos) {
        return nanos - nanos / 5 + ThreadLocalRandom.current().nextLong(Math.max(1, nanos / 5 * 2));
    }
}
