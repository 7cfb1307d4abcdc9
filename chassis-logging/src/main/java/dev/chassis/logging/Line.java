package dev.chassis.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import org.jspecify.annotations.Nullable;

/**
 * One event as it was when it was logged. Nothing in it can still change or run code of the application, so another thread may encode it
 * later.
 *
 * @param audit whether it must not be lost, whatever happens
 */
record Line(
        long epochSecond,
        int nanos,
        Severity level,
        String logger,
        String thread,
        String msg,
        @Nullable String correlationId,
        @Nullable String traceId,
        @Nullable String spanId,
        CommonFields common,
        Fields fields,
        @Nullable IThrowableProxy error,
        boolean audit) {

    private static final int FIXED_WEIGHT = 512;
    private static final int ERROR_WEIGHT = 16 * 1024;

    /** Roughly the bytes it holds on to; what bounds the queue. */
    int weight() {
        return FIXED_WEIGHT + msg.length() + (error == null ? 0 : ERROR_WEIGHT) + fields.weight();
    }
}
