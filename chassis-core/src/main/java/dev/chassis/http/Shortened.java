package dev.chassis.http;

/** Keeps what a client sent short enough to be sent back. */
final class Shortened {

    private static final int MAX_LENGTH = 64;

    private Shortened() {}

    static String text(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return text.substring(0, end) + "…";
    }
}
