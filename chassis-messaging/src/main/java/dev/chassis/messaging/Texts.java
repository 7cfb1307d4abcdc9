package dev.chassis.messaging;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What AMQP allows as a short text: 255 bytes (AMQP 0-9-1, section 4.2.5.3). */
final class Texts {

    private static final int MAX_BYTES = 255;
    private static final int SURELY_SHORT = MAX_BYTES / 3; // no char takes more bytes than three in UTF-8

    private Texts() {}

    /**
     * The text.
     *
     * @throws IllegalArgumentException if it is too long
     */
    static String requireShort(String what, String text) {
        Objects.requireNonNull(text, what);
        if (text.length() > SURELY_SHORT && text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    what + ": \"" + text.substring(0, SURELY_SHORT) + "…\" (expected: at most 255 bytes)");
        }
        return text;
    }
}
