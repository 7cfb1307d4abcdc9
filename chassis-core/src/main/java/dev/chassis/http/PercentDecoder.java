package dev.chassis.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Percent-decoding (RFC 3986, section 2.1). Strict: what is not two hex digits, not UTF-8, not ASCII before decoding, or decodes to a
 * null character is malformed, because two readers would read it differently.
 */
final class PercentDecoder {

    private PercentDecoder() {}

    /** A piece of a path, or null if it is malformed. */
    static @Nullable String path(String raw, int from, int to) {
        return decode(raw, from, to, false);
    }

    /** A name or a value of a query, where {@code +} is a space (WHATWG URL, section 5.1), or null if it is malformed. */
    static @Nullable String query(String raw, int from, int to) {
        return decode(raw, from, to, true);
    }

    private static @Nullable String decode(String raw, int from, int to, boolean plusIsSpace) {
        boolean plain = true;
        for (int i = from; i < to; i++) {
            char c = raw.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return null;
            }
            plain &= c != '%' && !(plusIsSpace && c == '+');
        }
        return plain ? raw.substring(from, to) : decodeEscapes(raw, from, to, plusIsSpace);
    }

    private static @Nullable String decodeEscapes(String raw, int from, int to, boolean plusIsSpace) {
        byte[] bytes = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            char c = raw.charAt(i);
            int value = c == '%' ? escape(raw, i, to) : plusIsSpace && c == '+' ? ' ' : c;
            if (value <= 0) {
                return null;
            }
            bytes[length++] = (byte) value;
            i += c == '%' ? 2 : 0;
        }
        return utf8(bytes, length);
    }

    /** The byte an escape stands for, or -1. */
    private static int escape(String raw, int at, int to) {
        if (at + 2 >= to) {
            return -1;
        }
        int high = hex(raw.charAt(at + 1));
        int low = hex(raw.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /** Written out, because {@link Character#digit(char, int)} takes the digits of every script. */
    private static int hex(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'f') {
            return c - 'a' + 10;
        }
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }

    private static @Nullable String utf8(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
