package dev.chassis.logging;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what {@link PlainValue} made, with secrets masked. Used by one thread at a time. */
final class JsonValues {

    private static final byte[] NULL = ascii("null");
    private static final byte[] CUT = "\"…\"".getBytes(StandardCharsets.UTF_8);
    private static final byte[] MASKED = ascii('"' + Masker.MASK + '"');
    private static final long SHORTEST_CARD = 100_000_000_000L;
    private static final int LONGEST_LONG = 20;

    private final Masker masker;

    JsonValues(Masker masker) {
        this.masker = masker;
    }

    /** A value under its name; false when more than {@code max} bytes of it had to be cut. */
    boolean write(BatchBuffer out, String name, @Nullable Object value, int max) {
        if (value != null && masker.isSecret(name)) {
            out.append(MASKED);
            return true;
        }
        return value(out, value, max);
    }

    /** Text in quotes, masked. */
    boolean text(BatchBuffer out, String text, int max) {
        out.write('"');
        boolean whole = JsonText.append(out, masker.mask(text), max);
        out.write('"');
        return whole;
    }

    private boolean value(BatchBuffer out, @Nullable Object value, int max) {
        if (value instanceof String text) {
            return text(out, text, max);
        }
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            return composite(out, value, max);
        }
        if (value instanceof Number number) {
            return number(out, number, max);
        }
        out.append(value == null ? NULL : ascii(value.toString()));
        return true;
    }

    /** Whole or not at all: half of it would be no JSON. */
    private boolean composite(BatchBuffer out, Object value, int max) {
        int start = out.size;
        boolean whole = value instanceof Map<?, ?> map ? map(out, map, max) : list(out, (List<?>) value, max);
        if (whole && out.size - start <= max) {
            return true;
        }
        out.truncate(start);
        out.append(CUT);
        return false;
    }

    private boolean map(BatchBuffer out, Map<?, ?> map, int max) {
        boolean whole = true;
        char before = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = String.valueOf(entry.getKey());
            out.write(before);
            before = ',';
            out.write('"');
            whole &= JsonText.append(out, name, max);
            out.write('"');
            out.write(':');
            whole &= write(out, name, entry.getValue(), max);
        }
        if (before == '{') {
            out.write('{');
        }
        out.write('}');
        return whole;
    }

    private boolean list(BatchBuffer out, List<?> list, int max) {
        boolean whole = true;
        out.write('[');
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            whole &= value(out, list.get(i), max);
        }
        out.write(']');
        return whole;
    }

    private boolean number(BatchBuffer out, Number number, int max) {
        if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte) {
            long value = number.longValue();
            if (value < SHORTEST_CARD) {
                number(out, value);
                return true;
            }
        }
        String text = number.toString();
        String masked = masker.mask(text);
        if (!masked.equals(text) || !isFinite(number) || text.length() > max) {
            return text(out, masked, max);
        }
        out.append(ascii(text));
        return true;
    }

    /** JSON has no word for what is not finite (RFC 8259, section 6). */
    private static boolean isFinite(Number number) {
        return !(number instanceof Double || number instanceof Float) || Double.isFinite(number.doubleValue());
    }

    /** Digits without a string in between. */
    static void number(BatchBuffer out, long value) {
        if (value < 0) {
            out.append(ascii(Long.toString(value)));
            return;
        }
        out.reserve(LONGEST_LONG);
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int at = out.size + digits - 1; at >= out.size; at--) {
            out.bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        out.size += digits;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
