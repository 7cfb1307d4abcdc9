package dev.chassis.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.spi.DeferredProcessingAware;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event as it was when it was logged. Nothing in it can still change or run code of the application, so another thread may encode it
 * later.
 *
 * @param extras user fields under names that are free on this line; values as {@link PlainValue} makes them
 */
record Line(
        long epochSecond,
        int nanos,
        String level,
        String logger,
        String thread,
        String msg,
        @Nullable String correlationId,
        @Nullable String traceId,
        CommonFields common,
        Map<String, @Nullable Object> extras,
        @Nullable IThrowableProxy error)
        implements DeferredProcessingAware {

    private static final int FIXED_WEIGHT = 512;
    private static final int EXTRA_WEIGHT = 64;
    private static final int ERROR_WEIGHT = 16 * 1024;

    /** Roughly the bytes it holds on to; what bounds the queue. */
    int weight() {
        int weight = FIXED_WEIGHT + msg.length() + (error == null ? 0 : ERROR_WEIGHT);
        for (Object value : extras.values()) {
            weight += EXTRA_WEIGHT + (value instanceof String text ? text.length() : 0);
        }
        return weight;
    }

    @Override
    public void prepareForDeferredProcessing() {
        // It is prepared by being made.
    }
}
