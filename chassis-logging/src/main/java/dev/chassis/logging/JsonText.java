package dev.chassis.logging;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes text as the inside of a JSON string (RFC 8259, section 7) in UTF-8, at most so many bytes of it. Characters that a terminal
 * obeys, or that change the direction of the text, are escaped; half a surrogate pair becomes U+FFFD.
 */
final class JsonText {

    /** For text that is never cut. */
    static final int UNLIMITED = Integer.MAX_VALUE;

    private static final int ASCII = 128;
    private static final int LONGEST = 6;
    private static final byte[] @Nullable [] ESCAPES = escapes();
    private static final boolean[] HARMLESS = harmless();
    private static final byte[] CUT = "…".getBytes(StandardCharsets.UTF_8);
    private static final byte[] REPLACEMENT = "\ufffd".getBytes(StandardCharsets.UTF_8);

    private JsonText() {}

    /** Appends the text; false when only its beginning fitted into {@code max} bytes, which then ends in an ellipsis. */
    static boolean append(BatchBuffer out, String text, int max) {
        int length = text.length();
        if (length > max) {
            return appendSlowly(out, text, 0, max);
        }
        out.reserve(length);
        byte[] bytes = out.bytes;
        int at = out.size;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ASCII || !HARMLESS[c]) {
                out.size = at;
                return appendSlowly(out, text, i, max - i);
            }
            bytes[at++] = (byte) c;
        }
        out.size = at;
        return true;
    }

    private static boolean appendSlowly(BatchBuffer out, String text, int from, int max) {
        int start = out.size;
        int i = from;
        while (i < text.length()) {
            int before = out.size;
            int codePoint = text.codePointAt(i);
            append(out, codePoint);
            if (out.size - start > max) {
                out.truncate(before);
                out.append(CUT);
                return false;
            }
            i += Character.charCount(codePoint);
        }
        return true;
    }

    private static void append(BatchBuffer out, int c) {
        if (c < ASCII) {
            byte[] escape = ESCAPES[c];
            if (escape == null) {
                out.write(c);
            } else {
                out.append(escape);
            }
        } else if (c <= Character.MAX_VALUE && Character.isSurrogate((char) c)) {
            out.append(REPLACEMENT);
        } else if (c <= Character.MAX_VALUE && !ControlCharacters.isHarmless((char) c)) {
            out.append(unicodeEscape((char) c));
        } else {
            utf8(out, c);
        }
    }

    private static void utf8(BatchBuffer out, int c) {
        if (c < 0x800) {
            out.write(0xc0 | c >> 6);
        } else {
            if (c < 0x10000) {
                out.write(0xe0 | c >> 12);
            } else {
                out.write(0xf0 | c >> 18);
                out.write(0x80 | c >> 12 & 0x3f);
            }
            out.write(0x80 | c >> 6 & 0x3f);
        }
        out.write(0x80 | c & 0x3f);
    }

    private static byte[] @Nullable [] escapes() {
        byte[][] escapes = new byte[ASCII][];
        for (char c = 0; c < ASCII; c++) {
            if (c < ' ' || c == 0x7f) {
                escapes[c] = unicodeEscape(c);
            }
        }
        String known = "\b\t\n\f\r\"\\";
        for (int i = 0; i < known.length(); i++) {
            escapes[known.charAt(i)] = new byte[] {'\\', (byte) "btnfr\"\\".charAt(i)};
        }
        return escapes;
    }

    private static boolean[] harmless() {
        boolean[] harmless = new boolean[ASCII];
        for (int c = 0; c < ASCII; c++) {
            harmless[c] = ESCAPES[c] == null;
        }
        return harmless;
    }

    private static byte[] unicodeEscape(char c) {
        StringBuilder text = new StringBuilder(LONGEST);
        ControlCharacters.appendUnicodeEscape(text, c);
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
