package dev.chassis.logging;

/**
 * Repairs text that is no text: half a surrogate pair, as cutting a string in two leaves it. JSON's grammar lets it pass as an escape, but
 * many parsers refuse the whole line.
 */
final class Unicode {

    private static final char REPLACEMENT = '\ufffd';
    private static final int MAX_NAME = 256;

    private Unicode() {}

    /** The text itself, or with U+FFFD in place of every lone surrogate. */
    static String wellFormed(String text) {
        int lone = loneSurrogate(text, 0);
        if (lone < 0) {
            return text;
        }
        StringBuilder repaired = new StringBuilder(text);
        for (; lone >= 0; lone = loneSurrogate(text, lone + 1)) {
            repaired.setCharAt(lone, REPLACEMENT);
        }
        return repaired.toString();
    }

    /** A name of a field: well-formed, and of a length that parsers accept. */
    static String name(String name) {
        return wellFormed(name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME));
    }

    private static int loneSurrogate(String text, int from) {
        int length = text.length();
        for (int i = from; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
