package dev.chassis.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import org.jspecify.annotations.Nullable;

/**
 * One event as it was when it was logged. Nothing in it can still change or run code of the application, so another thread may encode it
 * later.
 *
 * @param audit whether it must not be lost, whatever happens
 * @param raw whether the message is the line, as it is to be written
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
        boolean audit,
        boolean raw) {

    private static final int FIXED_WEIGHT = 512;
    private static final int ERROR_WEIGHT = 16 * 1024;

    /** One that is to be encoded. */
    Line(
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
        this(
                epochSecond,
                nanos,
                level,
                logger,
                thread,
                msg,
                correlationId,
                traceId,
                spanId,
                common,
                fields,
                error,
                audit,
                false);
    }

    /** One that is written as it is, after those before it. It is ASCII, without a line feed. */
    static Line raw(String text) {
        return new Line(
                0, 0, Severity.WARN, "", "", text, null, null, null, CommonFields.NONE, Fields.NONE, null, false, true);
    }

    /** Roughly the bytes it holds on to; what bounds the queue. */
    int weight() {
        return FIXED_WEIGHT + msg.length() + (error == null ? 0 : ERROR_WEIGHT) + fields.weight();
    }
}
