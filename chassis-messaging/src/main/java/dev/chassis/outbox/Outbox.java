package dev.chassis.outbox;

import dev.chassis.Service;
import dev.chassis.config.Checked;
import dev.chassis.health.Health;
import dev.chassis.health.HealthCheck;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.Stage;
import dev.chassis.messaging.Message;
import dev.chassis.time.Deadline;
import dev.chassis.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are published if, and only if, the transaction that made them is committed.
 *
 * <pre>{@code
 * var outbox = service.add(Outbox.from(service, db.dataSource(), sender).after(db, publisher));
 * db.inTransaction(connection -> {
 *     insert(connection, order);
 *     outbox.add(connection, "orders", "placed", order.customer(), Message.of(json, "application/json"));
 *     return order.id();
 * });
 * outbox.wake();                                          // spares the next look, and is not needed otherwise
 * }</pre>
 *
 * <p>What it promises: every row is published at least once, always with the same message-id; of one key in the order of the rows, that is,
 * the first time a consumer gets a message it has got all before it. What is published twice has been published before, and {@code
 * dev.chassis.inbox} recognises it. A message that the broker does not take holds back its own key only.
 *
 * <p>Rows of one key are in the order of the transactions that added them, if these wait for each other: they lock what the key stands for,
 * like the row of the order, before they add. Transactions that do not wait for each other have no order.
 *
 * <p>All tasks of the service share the work by leases on {@value Partitions#COUNT} partitions, at one connection of the pool each. Thread-safe
 * once it is started; configured by one thread before.
 *
 * <ul>
 *   <li>I1: {@code running} is set by a start that succeeds, and never taken out: what was, can still be asked.
 *   <li>I2: only the relay's thread sends and deletes rows; {@code add} only writes one.
 * </ul>
 */
public final class Outbox implements Component, Checked {

    private static final String PREFIX = "chassis.outbox";

    private final String name;
    private final OutboxConfig config;
    private final DataSource database;
    private final Sender sender;
    private final String owner;
    private final Counters counters = new Counters();
    private List<Component> before = List.of();
    private volatile @Nullable Running running;

    /** What a start has begun. */
    private record Running(
            Relay relay, Rows rows, Leases leases, Signal signal, Thread thread, CompletableFuture<Void> ended) {}

    private Outbox(String name, OutboxConfig config, DataSource database, Sender sender) {
        this.name = name;
        this.config = config;
        this.database = database;
        this.sender = sender;
        this.owner = name + "-" + UUID.randomUUID();
    }

    /** The outbox of a service, named {@code outbox}, with the keys {@code chassis.outbox.*}. It is still to be added. */
    public static Outbox from(Service service, DataSource database, Sender sender) {
        return of("outbox", service.config(PREFIX, OutboxConfig.class), database, sender);
    }

    /** An outbox without a service, for whoever starts and stops it himself. */
    public static Outbox of(String name, OutboxConfig config, DataSource database, Sender sender) {
        return new Outbox(name, config, database, sender);
    }

    /**
     * Says what it needs, so that it starts after these and ends before them: the pool of the data source, the publisher behind the sender.
     *
     * @return this
     */
    public Outbox after(Component... components) {
        before = List.of(components);
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    /** {@link Stage#EGRESS}. */
    @Override
    public Stage stage() {
        return Stage.EGRESS;
    }

    @Override
    public List<Component> dependsOn() {
        return before;
    }

    @Override
    public void check(Problems problems) {
        if (config.retryMax().compareTo(config.retryMin()) < 0) {
            problems.add(PREFIX + ".retry-max", "at least " + PREFIX + ".retry-min, " + config.retryMin());
        }
    }

    /**
     * Tries the tables and begins to relay.
     *
     * @throws IllegalStateException if the tables are missing or different
     * @throws dev.chassis.lifecycle.TransientFailureException if the database cannot be asked now
     * @throws IllegalArgumentException if keys break a rule, for an outbox that no service has checked
     */
    @Override
    public void start(Deadline deadline) {
        requireRules();
        Dialect dialect = Schema.verify(database);
        Signal signal = new Signal();
        Rows rows = new Rows(database, dialect);
        Leases leases = new Leases(database, dialect, owner, config.lease(), Ticker.system());
        Relay relay = new Relay(this, rows, leases, signal);
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        relay.run();
                    } finally {
                        ended.complete(null);
                    }
                },
                name + "-relay");
        thread.setDaemon(true);
        running = new Running(relay, rows, leases, signal, thread, ended);
        thread.start();
    }

    /**
     * Writes a message into the transaction of this connection. It is published after the commit, and never if there is none.
     *
     * @param exchange empty for the default exchange
     * @param key what must keep its order: 1 to 200 characters, like the id of an order. Many different ones are fast, because those go side
     *     by side
     * @param message its id, at most 200 characters, is the one it is published with, however often; its headers are of the types String,
     *     Integer, Long, Boolean, Double or byte[]
     * @throws IllegalArgumentException if something does not fit
     * @throws IllegalStateException if the connection commits by itself: there is no transaction to be part of
     * @throws SQLException if the row cannot be written; the transaction is to be rolled back
     */
    public void add(Connection connection, String exchange, String routingKey, String key, Message message)
            throws SQLException {
        Objects.requireNonNull(connection, "connection");
        Limits.check(exchange, routingKey, key, message);
        if (connection.getAutoCommit()) {
            throw new IllegalStateException(
                    name + ": the connection commits by itself (expected: one in a transaction)");
        }
        Rows.insert(connection, exchange, routingKey, key, message);
        Running now = running;
        if (now != null && now.leases.holds(Partitions.of(key))) {
            now.signal.wake(); // it looks again and again for a while, and so finds the row soon after the commit
        }
    }

    /** Looks for rows at once. For after a commit; without it they are found some milliseconds later. Returns at once. */
    public void wake() {
        Running now = running;
        if (now != null) {
            now.signal.wake();
        }
    }

    /**
     * Looks once more, sends what it finds, gives the partitions back and ends; what is added later is published by other tasks, or after
     * the next start.
     */
    @Override
    public CompletionStage<Void> drain() {
        Running now = running;
        if (now == null) {
            return CompletableFuture.completedFuture(null);
        }
        now.signal.end();
        return now.ended.minimalCompletionStage();
    }

    /** Drains until the deadline, then interrupts. What was under way then is published again, by whoever takes the partitions. */
    @Override
    public void stop(Deadline deadline) throws InterruptedException {
        Running now = running;
        if (now == null) {
            return;
        }
        now.signal.end();
        if (!isOver(now, deadline)) {
            now.thread.interrupt();
            throw new IllegalStateException(
                    name + ": " + inFlight() + " messages are without an answer and will be sent again");
        }
    }

    /** How many messages are sent and not answered. */
    @Override
    public int inFlight() {
        Running now = running;
        return now == null ? 0 : now.relay.underWay();
    }

    /** Whether the database can be worked with; what waits is told by the check. */
    @Override
    public Health health() {
        Running now = running;
        if (now == null) {
            return Health.down("not started");
        }
        Exception failure = now.relay.failure();
        return failure == null
                ? Health.up(now.leases.held().size() + " of " + Partitions.COUNT + " partitions")
                : Health.degraded("not relaying: " + failure.getMessage());
    }

    /** What waits, every 15 s. */
    @Override
    public List<HealthCheck> healthChecks() {
        return List.of(new WaitingCheck(this));
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        counters.bindTo(registry, name, () -> {
            Running now = running;
            return now == null ? 0 : now.leases.held().size();
        });
    }

    OutboxConfig config() {
        return config;
    }

    Batch batch(Rows rows, Leases leases, BooleanSupplier ended) {
        return new Batch(name, sender, rows, leases, config, counters, ended);
    }

    Waiting look() throws SQLException {
        Running now = running;
        Waiting waiting = now == null ? Waiting.NOTHING : now.rows.waiting();
        counters.waiting(waiting);
        return waiting;
    }

    private static boolean isOver(Running now, Deadline deadline) throws InterruptedException {
        now.thread.join(TimeUnit.NANOSECONDS.toMillis(deadline.remainingNanos()) + 1);
        return !now.thread.isAlive();
    }
}
