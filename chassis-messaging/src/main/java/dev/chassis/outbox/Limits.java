package dev.chassis.outbox;

import dev.chassis.messaging.Message;
import java.nio.charset.StandardCharsets;

/** What fits into the table and into AMQP, where names are at most 255 bytes (AMQP 0-9-1, section 4.2.5.3 "Strings"). Stateless. */
final class Limits {

    private static final int NAME_BYTES = 255;
    private static final int TEXT_CHARS = 200;

    private Limits() {}

    /** @throws IllegalArgumentException if something does not fit, or is empty and must not be */
    static void check(String exchange, String routingKey, String key, Message message) {
        bytes("exchange", exchange);
        bytes("routingKey", routingKey);
        bytes("contentType", message.contentType());
        chars("key", key);
        chars("message-id", message.id());
    }

    private static void bytes(String what, String value) {
        int length = value.getBytes(StandardCharsets.UTF_8).length;
        if (length > NAME_BYTES) {
            throw refused(what, value, "at most " + NAME_BYTES + " bytes of UTF-8; these are " + length);
        }
    }

    private static void chars(String what, String value) {
        if (value.isEmpty() || value.length() > TEXT_CHARS || value.indexOf('\0') >= 0) {
            throw refused(
                    what, value, "1 to " + TEXT_CHARS + " characters, none of them NUL; these are " + value.length());
        }
    }

    private static IllegalArgumentException refused(String what, String value, String expected) {
        return new IllegalArgumentException(what + ": \"" + value + "\" (expected: " + expected + ")");
    }
}
