package dev.chassis.http;

import java.time.Duration;

/**
 * How a route is run.
 *
 * @param timeout zero for no limit
 */
record RouteSettings(boolean onEventLoop, boolean streaming, boolean sheddable, long maxBodyBytes, Duration timeout) {

    /**
     * What routes have that say nothing else: they run on a worker and may be shed.
     *
     * @throws IllegalArgumentException if the size or the time is negative
     */
    static RouteSettings defaults(long maxBodyBytes, Duration timeout) {
        if (maxBodyBytes < 0) {
            throw new IllegalArgumentException(
                    "maxBodyBytes: " + maxBodyBytes + " (expected: zero, for none, or more)");
        }
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("requestTimeout: " + timeout + " (expected: zero, for none, or more)");
        }
        return new RouteSettings(false, false, true, maxBodyBytes, timeout);
    }

    /** The same for what the chassis answers itself: at once, also under overload. */
    RouteSettings builtIn() {
        return new RouteSettings(true, false, false, maxBodyBytes, timeout);
    }

    RouteSettings onEventLoop(boolean onEventLoop) {
        return new RouteSettings(onEventLoop, streaming, sheddable, maxBodyBytes, timeout);
    }
}
