package dev.chassis.messaging;

import java.util.Map;

/** How failed deliveries are tried again: what the broker can do decides. */
enum RetryMode {
    /** A quorum queue of RabbitMQ 4.3 or later delays what is rejected (rabbitmq.com/docs/quorum-queues, "Delayed retry"). */
    NATIVE,
    /** They wait in queues whose messages expire into the consumer's queue (rabbitmq.com/docs/dlx, rabbitmq.com/docs/ttl). */
    LADDER,
    /** They wait here, unacknowledged: for a broker of which we do not know that it can dead-letter. */
    MEMORY;

    private static final int[] FIRST_NATIVE = {4, 3};
    private static final int[] FIRST_AT_LEAST_ONCE = {3, 10};

    /** What to do with a broker that says this of itself in {@code connection.start}. */
    static RetryMode choose(Map<String, Object> serverProperties, boolean queueIsNative) {
        if (!"RabbitMQ".equals(text(serverProperties, "product"))) {
            return MEMORY;
        }
        return queueIsNative && isAtLeast(serverProperties, FIRST_NATIVE) ? NATIVE : LADDER;
    }

    /** Whether quorum queues confirm internally what they dead-letter, so that an expiring retry cannot get lost. */
    static boolean deadLettersAtLeastOnce(Map<String, Object> serverProperties) {
        return "RabbitMQ".equals(text(serverProperties, "product")) && isAtLeast(serverProperties, FIRST_AT_LEAST_ONCE);
    }

    /** {@code RabbitMQ 3.10.8}. */
    static String broker(Map<String, Object> serverProperties) {
        return text(serverProperties, "product") + " " + text(serverProperties, "version");
    }

    private static boolean isAtLeast(Map<String, Object> serverProperties, int[] wanted) {
        String[] parts = text(serverProperties, "version").split("[.+-]", 3);
        int major = number(parts, 0);
        return major > wanted[0] || major == wanted[0] && number(parts, 1) >= wanted[1];
    }

    private static int number(String[] parts, int index) {
        return parts.length > index && parts[index].matches("[0-9]{1,6}") ? Integer.parseInt(parts[index]) : 0;
    }

    private static String text(Map<String, Object> properties, String key) {
        Object value = properties.get(key);
        return value == null ? "" : value.toString();
    }
}
