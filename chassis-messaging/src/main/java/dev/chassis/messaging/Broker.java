package dev.chassis.messaging;

import com.rabbitmq.client.Connection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the other side is and can do, as it said in the handshake (AMQP 0-9-1, section 1.4.2.2, server-properties). Immutable.
 *
 * @param product {@code RabbitMQ}, or what else it calls itself
 * @param version {@code 3.10.8}; empty if it does not say
 * @param capabilities the names of the extensions it offers, like {@code publisher_confirms}
 */
record Broker(String product, String version, Set<String> capabilities) {

    /** What a connected broker is. No I/O. */
    static Broker of(Connection connection) {
        Map<String, Object> properties = connection.getServerProperties();
        return new Broker(text(properties.get("product")), text(properties.get("version")), offered(properties));
    }

    /** Whether it is RabbitMQ, of this version or a later one. */
    boolean isRabbit(int major, int minor) {
        int is = number(0);
        return product.toLowerCase(Locale.ROOT).contains("rabbitmq")
                && (is > major || is == major && number(1) >= minor);
    }

    /** Whether queues can be replicated by Raft (RabbitMQ docs, "Quorum Queues": since 3.8). */
    boolean hasQuorumQueues() {
        return isRabbit(3, 8);
    }

    @Override
    public String toString() {
        return (product.isEmpty() ? "an unnamed broker" : product) + (version.isEmpty() ? "" : " " + version);
    }

    /** 0 where there is none. */
    private int number(int index) {
        String[] parts = version.split("[^0-9]+", -1);
        return index < parts.length && !parts[index].isEmpty() && parts[index].length() < 9
                ? Integer.parseInt(parts[index])
                : 0;
    }

    private static Set<String> offered(Map<String, Object> properties) {
        return properties.get("capabilities") instanceof Map<?, ?> all
                ? all.entrySet().stream()
                        .filter(entry -> Boolean.TRUE.equals(entry.getValue()))
                        .map(entry -> text(entry.getKey()))
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
