package dev.chassis.messaging;

import com.rabbitmq.client.MetricsCollector;
import dev.chassis.Service;
import dev.chassis.admin.AdminRoutes;
import dev.chassis.config.Checked;
import dev.chassis.health.Health;
import dev.chassis.http.Routes;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.TransientFailureException;
import dev.chassis.time.Deadline;
import dev.chassis.time.StartSpread;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * RabbitMQ: one supervised connection for publishing and one for consuming, each opened if somebody wants it, and what must be declared
 * before either is used.
 *
 * <pre>{@code
 * var rabbit = service.add(RabbitConnection.from(service));
 * rabbit.topology(topology -> topology.exchange("orders", "topic").queue("invoices").bind("invoices", "orders", "order.*"));
 * var orders = service.add(rabbit.publisher("orders"));
 * }</pre>
 *
 * <p>What it promises:
 *
 * <ul>
 *   <li>A connection that is lost comes back by itself, after a random delay between zero and a ceiling that doubles from {@link
 *       RabbitConfig#reconnectMin()} to {@link RabbitConfig#reconnectMax()}; every name is resolved anew, and the nodes are tried in random
 *       order. It is used again when the whole {@link Topology} was declared again, and not before.
 *   <li>Nothing waits for ever: connecting, the handshake, declarations, closing, and writes, too. A write that hangs for longer than {@link
 *       RabbitConfig#rpcTimeout()} ends with its connection.
 *   <li>Liveness and readiness do not depend on it once it has started; its health says what there is to say.
 * </ul>
 *
 * <p>Why blocking sockets and not the client's Netty transport: a write is in nobody's way, because publishers have a thread of their own
 * for it, which nobody interrupts; under Netty an interrupted writer loses its frame without an error, a time-out leaves half a command
 * behind, and all listeners share the event loop. What blocking sockets lack, an end for writes that hang, is {@link Wire}'s.
 *
 * <p>Thread-safe once it has started; configured by one thread before.
 *
 * <ul>
 *   <li>I1: a start that fails has stopped both roles before it throws.
 *   <li>I2: {@code dialling} and {@code watchdog} are not null exactly between a start that succeeded and stop; guarded by this.
 * </ul>
 */
public final class RabbitConnection implements Component, Checked, AdminRoutes {

    private static final Duration CLEAN_UP = Duration.ofSeconds(2);

    private final String name;
    private final String prefix;
    private final String clientName;
    private final RabbitConfig config;
    private final Topology topology = new Topology();
    private final StartSpread spread = new StartSpread();
    private final List<Runnable> watched = new CopyOnWriteArrayList<>();
    private final List<String> consumed = new CopyOnWriteArrayList<>();
    private final Replays replays = new Replays();
    private final Wanted publishing;
    private final Wanted consuming;
    private @Nullable Dialling dialling; // I2
    private @Nullable Watchdog watchdog; // I2

    private RabbitConnection(String name, String prefix, String clientName, RabbitConfig config) {
        this.name = name;
        this.prefix = prefix;
        this.clientName = clientName;
        this.config = config;
        this.publishing = new Wanted("publish");
        this.consuming = new Wanted("consume");
        watch(publishing.role::watch);
        watch(consuming.role::watch);
    }

    /** A connection named {@code rabbit} with the keys {@code chassis.rabbit.*}. */
    public static RabbitConnection from(Service service) {
        return new RabbitConnection(
                "rabbit", "chassis.rabbit", service.name(), service.config("chassis.rabbit", RabbitConfig.class));
    }

    /** One more, named {@code rabbit-<name>} with the keys {@code chassis.rabbit.<name>.*}. */
    public static RabbitConnection from(Service service, String name) {
        String prefix = "chassis.rabbit." + name;
        return new RabbitConnection(
                "rabbit-" + name, prefix, service.name(), service.config(prefix, RabbitConfig.class));
    }

    /** A connection that is driven by hand, or given to a service: {@code name} is its name, and what the broker shows for it. */
    public static RabbitConnection of(String name, RabbitConfig config) {
        return new RabbitConnection(name, "chassis.rabbit", name, config);
    }

    /**
     * Adds to what is declared on every connect.
     *
     * @throws IllegalStateException if it has started
     */
    public RabbitConnection topology(Consumer<Topology> declare) {
        declare.accept(topology);
        return this;
    }

    /** A consumer of the bytes of this queue; to be added to the service. See {@link dev.chassis.messaging.Consumer}. */
    public dev.chassis.messaging.Consumer<byte[]> consumer(String queue, DeliveryHandler<byte[]> handler) {
        return consumer(queue, Decoder.bytes(), handler);
    }

    /** The same for JSON; what is none of this type becomes a dead letter without being handled. */
    public <T> dev.chassis.messaging.Consumer<T> consumer(String queue, Class<T> type, DeliveryHandler<T> handler) {
        return consumer(queue, new JsonDecoder<>(type), handler);
    }

    private <T> dev.chassis.messaging.Consumer<T> consumer(
            String queue, Decoder<T> decoder, DeliveryHandler<T> handler) {
        consumed.add(queue);
        return new dev.chassis.messaging.Consumer<>(source(), queue, decoder, handler);
    }

    /** The dead letters of the consumer of this queue. */
    public DeadLetters deadLetters(String queue) {
        return new DeadLetters(publishing(), queue, config.rpcTimeout());
    }

    /** {@code /dead-letters}: how many wait, which they are, and how to put them back. See docs/rabbitmq-consumers.md. */
    @Override
    public void adminRoutes(Routes routes) {
        routes.mount("/dead-letters", new DeadLetterRoutes(() -> consumed, this::deadLetters, replays));
    }

    /** Ends the replays that were begun over the admin port. */
    @Override
    public void announce() {
        replays.close();
    }

    @Override
    public String name() {
        return name;
    }

    /** Every rule between the keys. */
    @Override
    public void check(Problems problems) {
        new Rules(prefix, config).check(problems);
    }

    /**
     * Connects what is wanted, which is the connection for publishing where nobody has said anything, and declares the topology.
     *
     * @throws IllegalStateException if the broker refuses us for good (the login, the virtual host, TLS), or an exchange, queue or binding
     *     cannot be had: missing, there with other arguments, forbidden
     * @throws TransientFailureException if no node can be reached now
     * @throws IllegalArgumentException if keys break a rule, for a connection that no service has checked
     */
    @Override
    public void start(Deadline deadline) throws Exception {
        requireRules();
        topology.freeze();
        spread.once(config.startSpread(), deadline);
        if (!consuming.isWanted()) {
            publishing.want();
        }
        begin(new Dialling(Target.of(name, config), sockets()));
        try {
            publishing.awaitFirst(deadline);
            consuming.awaitFirst(deadline);
        } catch (Exception e) {
            stop(Deadline.after(CLEAN_UP)); // I1
            throw e;
        }
    }

    /** Closes both connections; what does not close by the deadline is cut. */
    @Override
    public void stop(Deadline deadline) throws Exception {
        replays.close();
        Watchdog watching;
        synchronized (this) {
            dialling = null;
            watching = watchdog;
            watchdog = null;
        }
        try {
            publishing.role.stop(deadline);
        } finally {
            consuming.role.stop(deadline);
            if (watching != null) {
                watching.close();
            }
        }
    }

    /**
     * A publisher to this exchange, to be added to the service; an empty name is the default exchange, which routes to the queue named by the
     * key. Before the start.
     */
    public Publisher publisher(String exchange) {
        return new Publisher(this, exchange);
    }

    /** UP while everything wanted is connected, DEGRADED while the broker blocks us, else DOWN; readiness does not look at it. */
    @Override
    public Health health() {
        if (!publishing.wanted && !consuming.wanted) {
            return Health.down("not started");
        }
        Health publish = publishing.health();
        Health consume = consuming.health();
        return publish.status().compareTo(consume.status()) >= 0 ? publish : consume;
    }

    /** The client's {@code rabbitmq.*}, and {@code rabbitmq.generation}, {@code .running}, {@code .blocked}, {@code .silent}, by role. */
    @Override
    public void bindTo(MeterRegistry registry) {
        publishing.bindTo(registry);
        consuming.bindTo(registry);
    }

    /** The connection for consumers; wanted from now on. */
    Links consuming() {
        return consuming.want();
    }

    /** The connection for publishers; wanted from now on. */
    Role publishing() {
        return publishing.want();
    }

    /** Is run every now and then while it is started, by a thread that must not be kept. */
    void watch(Runnable look) {
        watched.add(look);
    }

    /** Ends that. */
    void unwatch(Runnable look) {
        watched.remove(look);
    }

    RabbitConfig config() {
        return config;
    }

    /** Who we say we are. */
    String clientName() {
        return clientName;
    }

    /** What is declared, for parts that need queues of their own; before the start. */
    Topology topology() {
        return topology;
    }

    private dev.chassis.messaging.Consumer.Source source() {
        return new dev.chassis.messaging.Consumer.Source(this, prefix, consuming(), publishing(), config);
    }

    private Sockets sockets() {
        try {
            return Sockets.of(config);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(
                    prefix + ".tls.ca-certificate: "
                            + config.tls().caCertificate().orElse("") + " (expected: a PEM file with certificates): "
                            + DialException.reason(e),
                    e);
        }
    }

    private void begin(Dialling with) {
        synchronized (this) {
            dialling = with;
            watchdog = new Watchdog(name + "-watchdog", watched);
        }
        publishing.beginIfWanted();
        consuming.beginIfWanted();
    }

    /** What every connect needs. */
    private record Dialling(Target target, Sockets sockets) {}

    /**
     * A role, and whether anybody wants it. Thread-safe.
     *
     * <p>I3: {@code first} is not null from when the role was begun until the connection stops; guarded by the connection.
     */
    private final class Wanted {

        private final String label;
        private final Role role;
        private volatile boolean wanted;
        private @Nullable MetricsCollector metrics;
        private @Nullable CompletableFuture<@Nullable Void> first; // I3
        private @Nullable Dialling begunWith;

        Wanted(String label) {
            this.label = label;
            this.role = new Role(name + "-" + label, config, topology);
        }

        boolean isWanted() {
            return wanted;
        }

        Role want() {
            wanted = true;
            beginIfWanted();
            return role;
        }

        void beginIfWanted() {
            synchronized (RabbitConnection.this) {
                Dialling with = dialling;
                if (wanted && with != null && with != begunWith) {
                    begunWith = with;
                    String connection = clientName + ":" + name + ":" + label;
                    first = role.begin(new Dialler(connection, config, with.target(), with.sockets(), metrics));
                }
            }
        }

        Health health() {
            return wanted ? role.health() : Health.up();
        }

        void bindTo(MeterRegistry registry) {
            metrics = new ClientMeters(registry, name, label);
            RoleMeters.bind(registry, role, name, label);
        }

        void awaitFirst(Deadline deadline) throws InterruptedException {
            CompletableFuture<@Nullable Void> connecting;
            synchronized (RabbitConnection.this) {
                connecting = first;
            }
            if (!wanted || connecting == null) {
                return;
            }
            try {
                connecting.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                throw new TransientFailureException(name + ": not connected when the deadline had passed", e);
            } catch (ExecutionException e) {
                throw failure(e.getCause() == null ? e : e.getCause());
            }
        }

        private RuntimeException failure(Throwable cause) {
            String what = name + " (" + prefix + ".*): " + DialException.message(cause);
            boolean lasting = cause instanceof TopologyException
                    || cause instanceof DialException dial && dial.isLasting()
                    || cause instanceof RuntimeException;
            return lasting ? new IllegalStateException(what, cause) : new TransientFailureException(what, cause);
        }
    }
}
