package dev.chassis.messaging;

import com.rabbitmq.client.impl.Frame;
import java.util.Map;

/** What headers may be (AMQP 0-9-1, section 4.2.5.5, field tables; RabbitMQ docs, "AMQP 0-9-1 Complete Reference"). */
final class HeaderRules {

    /** They must fit into one frame, of 128 KiB as brokers have it, with the other properties (RabbitMQ/amqp: they are not split). */
    private static final long MAX_BYTES = 64 * 1024;

    private HeaderRules() {}

    /**
     * Checks all headers.
     *
     * @param last the one that was added last
     * @throws IllegalArgumentException if they cannot be sent
     */
    static void check(String last, Map<String, Object> headers) {
        long size;
        try {
            size = Frame.tableSize(headers);
        } catch (java.io.UnsupportedEncodingException | RuntimeException e) {
            Object value = headers.get(last);
            throw new IllegalArgumentException(
                    "header " + last + ": a "
                            + (value == null ? "null" : value.getClass().getName())
                            + " (expected: text, a number, a boolean, a date, bytes, or a list or a map of these)",
                    e);
        }
        if (size > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "header " + last + ": " + size + " bytes of headers (expected: at most " + MAX_BYTES + ")");
        }
    }
}
