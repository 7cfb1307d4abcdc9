package dev.chassis.http.internal;

import java.util.Locale;

/** Why the pipeline refused something: the values of the tag {@code reason}. */
enum RefusedBecause {
    /** What arrived is not HTTP/1.1 as we accept it. */
    MALFORMED,
    /** Request line, header section or body over its limit. */
    TOO_LARGE,
    /** An expectation, coding or method nobody supports. */
    UNSUPPORTED,
    /** The head or the body did not arrive in time. */
    SLOW_CLIENT,
    /** As many handlers and waiting requests as allowed. */
    OVERLOAD,
    /** Waited for a handler for too long. */
    QUEUE_TIMEOUT,
    /** The handler took too long. */
    REQUEST_TIMEOUT,
    /** The drain no longer accepts requests. */
    DRAINING,
    /** As many connections as allowed. */
    CONNECTIONS;

    /** Whether the same request has a better chance later. */
    boolean isPassing() {
        return this == OVERLOAD || this == QUEUE_TIMEOUT || this == DRAINING;
    }

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
