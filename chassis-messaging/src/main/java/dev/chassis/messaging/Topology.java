package dev.chassis.messaging;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The exchanges, queues and bindings a service needs. They are declared on every connect, before anything is published or consumed; unless
 * every one of them is as it should be, nothing is.
 *
 * <pre>{@code
 * rabbit.topology(topology -> topology
 *         .exchange("orders", "topic")
 *         .queue("invoices")
 *         .bind("invoices", "orders", "order.*"));
 * }</pre>
 *
 * <p>Everything is durable, and a queue is a quorum queue unless its arguments say otherwise; on a broker that has none it is the broker's
 * default. An exchange or queue that is there with other arguments is a mistake somebody has to look at (406): limits that operators change
 * belong into a policy, and what belongs to operators is declared with {@link Mode#VERIFY}.
 *
 * <p>Filled by one thread before the connection starts, thread-safe after.
 */
public final class Topology {

    private static final String QUEUE_TYPE = "x-queue-type";

    /** Arguments that mean something to quorum queues only (RabbitMQ docs, "Quorum Queues"). */
    private static final Set<String> QUORUM_ONLY = Set.of(
            QUEUE_TYPE,
            "x-delivery-limit",
            "x-dead-letter-strategy",
            "x-quorum-initial-group-size",
            "x-quorum-target-group-size",
            "x-queue-leader-locator",
            "x-delayed-retry-type",
            "x-delayed-retry-min",
            "x-delayed-retry-max");

    private final List<Entity> exchanges = new ArrayList<>();
    private final List<Entity> queues = new ArrayList<>();
    private final List<Entity> bindings = new ArrayList<>();
    private boolean frozen;

    Topology() {}

    /** What is done about an exchange or a queue. */
    public enum Mode {
        /** It is created unless it is there; if it is there with other arguments, that is an error. */
        CREATE,
        /** It must be there; its arguments do not matter. For what others own. */
        VERIFY,
        /** Nothing: a publish or a consumer will find out. */
        IGNORE
    }

    /** A durable exchange of a type like {@code topic}, {@code direct}, {@code fanout}. */
    public Topology exchange(String name, String type) {
        return exchange(name, type, Map.of(), Mode.CREATE);
    }

    /** The same with arguments, for example {@code alternate-exchange}. */
    public Topology exchange(String name, String type, Map<String, Object> arguments, Mode mode) {
        Objects.requireNonNull(type, "type");
        Map<String, Object> copy = Map.copyOf(arguments);
        return add(exchanges, "exchange", name, mode, (channel, broker) -> {
            if (mode == Mode.CREATE) {
                channel.exchangeDeclare(name, type, true, false, copy);
            } else {
                channel.exchangeDeclarePassive(name);
            }
        });
    }

    /** A durable quorum queue. */
    public Topology queue(String name) {
        return queue(name, Map.of(), Mode.CREATE);
    }

    /** The same with arguments, for example {@code x-delivery-limit}; {@code x-queue-type} if it is to be something else. */
    public Topology queue(String name, Map<String, Object> arguments) {
        return queue(name, arguments, Mode.CREATE);
    }

    /** The same, created or verified. */
    public Topology queue(String name, Map<String, Object> arguments, Mode mode) {
        Map<String, Object> typed = new HashMap<>(arguments);
        typed.putIfAbsent(QUEUE_TYPE, "quorum");
        return add(queues, "queue", name, mode, (channel, broker) -> {
            if (mode == Mode.CREATE) {
                channel.queueDeclare(name, true, false, false, understood(typed, broker));
            } else {
                channel.queueDeclarePassive(name);
            }
        });
    }

    /** What is published to the exchange with this key goes to the queue. */
    public Topology bind(String queue, String exchange, String routingKey) {
        return bind(queue, exchange, routingKey, Map.of());
    }

    /** The same with arguments, for an exchange of type {@code headers}. */
    public Topology bind(String queue, String exchange, String routingKey, Map<String, Object> arguments) {
        Texts.requireShort("routing key", routingKey);
        Texts.requireShort("exchange", exchange);
        Map<String, Object> copy = Map.copyOf(arguments);
        String kind = "binding of exchange \"" + exchange + "\" with key \"" + routingKey + "\" to queue";
        return add(
                bindings,
                kind,
                queue,
                Mode.CREATE,
                (channel, broker) -> channel.queueBind(queue, exchange, routingKey, copy));
    }

    /** No more from now on: the connection starts. */
    void freeze() {
        frozen = true;
    }

    /**
     * Declares everything, on a channel of its own that is closed again: an error closes the channel it happens on. Blocks.
     *
     * @throws TopologyException if one of them cannot be had until a person changes something
     * @throws IOException if the connection broke, or the broker did not answer in time
     */
    void declare(Connection connection) throws IOException, TopologyException {
        if (exchanges.isEmpty() && queues.isEmpty() && bindings.isEmpty()) {
            return;
        }
        Broker broker = Broker.of(connection);
        Channel channel = Link.channel(connection);
        try {
            declare(exchanges, channel, broker);
            declare(queues, channel, broker);
            declare(bindings, channel, broker);
        } finally {
            channel.abort();
        }
    }

    private static void declare(List<Entity> entities, Channel channel, Broker broker)
            throws IOException, TopologyException {
        for (Entity entity : entities) {
            try {
                entity.declaration().on(channel, broker);
            } catch (IOException | AlreadyClosedException e) {
                throw TopologyException.ifLasting(entity.what(), e);
            }
        }
    }

    private static Map<String, Object> understood(Map<String, Object> arguments, Broker broker) {
        if (broker.hasQuorumQueues()) {
            return arguments;
        }
        Map<String, Object> understood = new HashMap<>(arguments);
        understood.keySet().removeAll(QUORUM_ONLY);
        return understood;
    }

    private Topology add(List<Entity> entities, String kind, String name, Mode mode, Declaration declaration) {
        Texts.requireShort(kind, name);
        if (frozen) {
            throw new IllegalStateException(kind + " \"" + name + "\" is declared too late (expected: before start)");
        }
        if (mode != Mode.IGNORE) {
            entities.add(new Entity(kind + " \"" + name + "\"", declaration));
        }
        return this;
    }

    private record Entity(String what, Declaration declaration) {}

    @FunctionalInterface
    private interface Declaration {
        void on(Channel channel, Broker broker) throws IOException;
    }
}
