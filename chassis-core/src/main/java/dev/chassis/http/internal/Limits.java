package dev.chassis.http.internal;

import dev.chassis.http.HttpConfig;
import java.time.Duration;

/** The configuration as the hot path wants it: checked, durations in nanoseconds. */
record Limits(
        int maxConnections,
        int maxRequestLineBytes,
        int maxHeaderBytes,
        long headerTimeoutNanos,
        long bodyTimeoutNanos,
        long writeTimeoutNanos,
        long keepAliveNanos,
        long queueTimeoutNanos,
        long lingerNanos,
        int retryAfterSeconds,
        int trustedProxies,
        int maxEventStreams,
        long reconnectSpreadMillis,
        boolean compress,
        int compressMinBytes) {

    /** What a body, a stream or a long answer is cut into. */
    static final int CHUNK_BYTES = 16 * 1024;

    private static final Duration MARGIN = Duration.ofSeconds(5);

    /**
     * Reads and checks.
     *
     * @throws IllegalArgumentException if settings contradict each other
     */
    static Limits of(HttpConfig config) {
        config.loadBalancerIdleTimeout().ifPresent(idle -> checkKeepAlive(config.keepAlive(), idle));
        return new Limits(
                config.maxConnections(),
                config.maxRequestLineBytes(),
                config.maxHeaderBytes(),
                config.headerTimeout().toNanos(),
                config.bodyTimeout().toNanos(),
                config.writeTimeout().toNanos(),
                config.keepAlive().toNanos(),
                config.queueTimeout().toNanos(),
                config.lingerTimeout().toNanos(),
                Math.toIntExact(config.retryAfter().toSeconds()),
                config.trustedProxies(),
                config.events().maxStreams(),
                config.events().reconnectSpread().toMillis(),
                config.compression().enabled(),
                config.compression().minBytes());
    }

    private static void checkKeepAlive(Duration keepAlive, Duration idle) {
        if (keepAlive.compareTo(idle.plus(MARGIN)) < 0) {
            throw new IllegalArgumentException("chassis.http.keep-alive: " + keepAlive + " is too short for"
                    + " chassis.http.load-balancer-idle-timeout: " + idle + " (expected: at least " + idle.plus(MARGIN)
                    + ", else the load balancer reuses connections that are being closed and answers 502)");
        }
    }
}
