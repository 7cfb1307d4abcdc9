package dev.chassis.context;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ids of an inbound call from its headers, and mints what is missing or malformed. A hostile header is never copied into a log
 * line or an answer: what does not match exactly is dropped.
 *
 * <p>The trace id is that of a valid {@code traceparent} (W3C Trace Context, section 3.2), else minted. The correlation id is {@code
 * X-Correlation-Id} where it matches {@code [A-Za-z0-9._-]{1,64}}, else the trace id.
 */
public final class CorrelationHeaders {

    /** The header the correlation id is read from and returned in. */
    public static final String CORRELATION_ID = "x-correlation-id";

    /** The W3C trace context header. */
    public static final String TRACEPARENT = "traceparent";

    private static final int MAX_ID_LENGTH = 64;
    private static final int TRACE_ID_START = 3;
    private static final int TRACE_ID_END = 35;
    private static final int PARENT_ID_END = 52;
    private static final int TRACEPARENT_LENGTH = 55;
    private static final HexFormat HEX = HexFormat.of();

    private CorrelationHeaders() {}

    /** The correlation of a call that carried these header values; either may be absent. */
    public static Correlation read(@Nullable String correlationId, @Nullable String traceparent) {
        String traceId = traceparent != null && isTraceparent(traceparent)
                ? traceparent.substring(TRACE_ID_START, TRACE_ID_END)
                : mintTraceId();
        return new Correlation(correlationId != null && isId(correlationId) ? correlationId : traceId, traceId);
    }

    static Correlation mint() {
        String traceId = mintTraceId();
        return new Correlation(traceId, traceId);
    }

    private static String mintTraceId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        // All zeroes is not a valid trace id; the lowest bit costs nothing.
        return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong() | 1);
    }

    private static boolean isId(String value) {
        if (value.isEmpty() || value.length() > MAX_ID_LENGTH) {
            return false;
        }
        return value.chars().allMatch(CorrelationHeaders::isIdChar);
    }

    private static boolean isIdChar(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }

    /** {@code version "-" trace-id "-" parent-id "-" flags}, lower-case hex; neither id all zeroes, version not ff. */
    private static boolean isTraceparent(String value) {
        boolean shaped = value.length() == TRACEPARENT_LENGTH
                || value.length() > TRACEPARENT_LENGTH
                        && value.charAt(TRACEPARENT_LENGTH) == '-'
                        && !value.startsWith("00");
        return shaped
                && !value.startsWith("ff")
                && isHex(value, 0, 2)
                && value.charAt(2) == '-'
                && isNonZeroHex(value, TRACE_ID_START, TRACE_ID_END)
                && value.charAt(TRACE_ID_END) == '-'
                && isNonZeroHex(value, TRACE_ID_END + 1, PARENT_ID_END)
                && value.charAt(PARENT_ID_END) == '-'
                && isHex(value, PARENT_ID_END + 1, TRACEPARENT_LENGTH);
    }

    private static boolean isNonZeroHex(String value, int from, int to) {
        return isHex(value, from, to)
                && value.chars().skip(from).limit(to - from).anyMatch(c -> c != '0');
    }

    private static boolean isHex(String value, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = value.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }
}
