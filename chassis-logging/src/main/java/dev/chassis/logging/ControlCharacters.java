package dev.chassis.logging;

/**
 * Makes text harmless on a terminal: escape sequences, carriage returns and changes of the writing direction could forge or hide lines.
 * A line feed stays one, but what follows is indented, so that it cannot pass for a line of its own.
 */
final class ControlCharacters {

    private static final String CONTINUATION = "\n    ";

    private ControlCharacters() {}

    static void appendEscaped(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                out.append(CONTINUATION);
            } else if (isHarmless(c)) {
                out.append(c);
            } else {
                appendUnicodeEscape(out, c);
            }
        }
    }

    static boolean isHarmless(char c) {
        if (c < 0x20) {
            return c == '\t';
        }
        return c < 0x7f || c > 0x9f && !changesDirection(c);
    }

    /** Unicode's bidirectional controls (UAX 9, section 2), and the line and paragraph separators. */
    private static boolean changesDirection(char c) {
        return c == 0x061c || c == 0x200e || c == 0x200f || c >= 0x2028 && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
    }

    static void appendUnicodeEscape(StringBuilder out, char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(Character.forDigit(c >> shift & 0xf, 16));
        }
    }
}
