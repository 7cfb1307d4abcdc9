package dev.chassis.context;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ids of an inbound call from its headers, and mints what is missing or malformed. A hostile header is never copied into a log
 * line or an answer: what does not match exactly is dropped.
 *
 * <p>The trace id is that of a valid {@code traceparent} (W3C Trace Context, section 3.2), else that of the root in {@code
 * X-Amzn-Trace-Id}, else minted. The correlation id is {@code
 * X-Correlation-Id} where it matches {@code [A-Za-z0-9._-]{1,64}}, else the trace id.
 */
public final class CorrelationHeaders {

    /** The header the correlation id is read from and returned in. */
    public static final String CORRELATION_ID = "x-correlation-id";

    /** The W3C trace context header. */
    public static final String TRACEPARENT = "traceparent";

    /** What a load balancer of AWS adds. */
    public static final String AMZN_TRACE_ID = "x-amzn-trace-id";

    private static final int MAX_ID_LENGTH = 64;
    private static final int TRACE_ID_START = 3;
    private static final int TRACE_ID_END = 35;
    private static final int PARENT_ID_END = 52;
    private static final int LAST_FLAG = 54;
    private static final int TRACEPARENT_LENGTH = 55;
    private static final int TRACE_ID_LENGTH = 32;

    /** Never zero, which is no id of a span, and never digits alone, which may look like the number of a card. */
    private static final long LETTER_FIRST = 0xa000_0000_0000_0000L;

    private CorrelationHeaders() {}

    /** The correlation of a call that carried these header values; either may be absent. */
    public static Correlation read(@Nullable String correlationId, @Nullable String traceparent) {
        return read(correlationId, traceparent, null);
    }

    /** The correlation of a call that carried these header values; each may be absent. It gets a span id of its own. */
    public static Correlation read(
            @Nullable String correlationId, @Nullable String traceparent, @Nullable String amznTraceId) {
        String root = amznTraceId == null ? null : XrayHeader.root(amznTraceId);
        String traceId;
        boolean sampled = false;
        if (traceparent != null && isTraceparent(traceparent)) {
            traceId = traceparent.substring(TRACE_ID_START, TRACE_ID_END);
            sampled = (Character.digit(traceparent.charAt(LAST_FLAG), 16) & 1) != 0;
        } else {
            traceId = root == null ? mintTraceId() : XrayHeader.traceId(root);
        }
        String id = correlationId != null && isId(correlationId) ? correlationId : traceId;
        return new Correlation(id, traceId, mintSpanId(), sampled, root, Map.of());
    }

    static Correlation mint() {
        String traceId = mintTraceId();
        return new Correlation(traceId, traceId, mintSpanId(), false, null, Map.of());
    }

    static String traceparent(Correlation correlation) {
        String span = correlation.spanId();
        return "00-" + correlation.traceId() + "-" + (span == null ? mintSpanId() : span)
                + (correlation.sampled() ? "-01" : "-00");
    }

    private static String mintSpanId() {
        byte[] digits = new byte[TRACE_ID_LENGTH / 2];
        hex(ThreadLocalRandom.current().nextLong() | LETTER_FIRST, digits, 0);
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    private static String mintTraceId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        byte[] digits = new byte[TRACE_ID_LENGTH];
        hex(random.nextLong(), digits, 0);
        hex(
                random.nextLong() | 1,
                digits,
                TRACE_ID_LENGTH / 2); // all zeroes is not a valid trace id; one bit costs nothing
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    private static void hex(long bits, byte[] digits, int from) {
        eightDigits((int) bits, digits, from);
        eightDigits((int) (bits >>> Integer.SIZE), digits, from + Long.BYTES);
    }

    /** The lowest first. All at once: each byte gets its four bits, and those above nine are lifted to the letters. */
    private static void eightDigits(int bits, byte[] digits, int from) {
        long values = Integer.toUnsignedLong(bits);
        values = (values | values << 16) & 0x0000_ffff_0000_ffffL;
        values = (values | values << 8) & 0x00ff_00ff_00ff_00ffL;
        values = (values | values << 4) & 0x0f0f_0f0f_0f0f_0f0fL;
        long letters = (values + 0x0606_0606_0606_0606L) >>> 4 & 0x0101_0101_0101_0101L;
        long text = values + 0x3030_3030_3030_3030L + letters * ('a' - '9' - 1);
        for (int i = 0; i < Long.BYTES; i++) {
            digits[from + i] = (byte) (text >>> Byte.SIZE * i);
        }
    }

    private static boolean isId(String value) {
        int length = value.length();
        if (length == 0 || length > MAX_ID_LENGTH) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!isIdChar(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIdChar(char c) {
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

    static boolean isNonZeroHex(String value, int from, int to) {
        boolean zero = true;
        for (int i = from; i < to && zero; i++) {
            zero = value.charAt(i) == '0';
        }
        return !zero && isHex(value, from, to);
    }

    static boolean isHex(String value, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = value.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }
}
