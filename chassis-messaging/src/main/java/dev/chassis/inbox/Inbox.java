package dev.chassis.inbox;

import dev.chassis.Service;
import dev.chassis.health.Health;
import dev.chassis.inbox.InboxStore.Result;
import dev.chassis.lifecycle.Component;
import dev.chassis.messaging.Delivery;
import dev.chassis.messaging.DeliveryHandler;
import dev.chassis.messaging.Outcome;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Lets a consumer handle each message once, by its message-id, however often it is delivered.
 *
 * <pre>{@code
 * var inbox = service.add(Inbox.jdbc(service, db.dataSource()).after(db));
 * consumer.handle(inbox.once("billing", (connection, delivery) -> {
 *     insert(connection, invoiceFor(delivery.payload()));   // committed with the note that the message was handled
 *     return Outcome.ack();
 * }));
 * }</pre>
 *
 * <p>With a database the effect happens exactly once, if all of it is in the transaction: mail, calls and messages are not, but rows of
 * {@code dev.chassis.outbox} are. With {@linkplain #claims claims} it happens at least once, and rarely more often. Of two deliveries of one
 * message at the same time, the second waits in the database until the first is committed or undone; with claims it is tried again later.
 *
 * <p>Messages are remembered for {@link InboxConfig#retention()}, per consumer: several consumers each handle a message.
 *
 * <p>Thread-safe. {@code cleaning} is written by start and stop only; whoever takes it out ends it.
 *
 * @param <U> what the effect of handlers happens in: {@link Connection} or {@link Claim}
 */
public final class Inbox<U> implements Component {

    private static final String PREFIX = "chassis.inbox";
    private static final int MAX_CONSUMER = 100;
    private static final int MAX_ID = 200;

    private final String name;
    private final InboxConfig config;
    private final InboxStore<U> store;
    private final LongAdder[] results = new LongAdder[Result.values().length]; // by ordinal
    private final LongAdder withoutId = new LongAdder();
    private final AtomicReference<@Nullable Cleaning> cleaning = new AtomicReference<>();
    private List<Component> before = List.of();

    private record Cleaning(CleanUp task, Thread thread) {}

    private Inbox(String name, InboxConfig config, InboxStore<U> store) {
        this.name = name;
        this.config = config;
        this.store = store;
        Arrays.setAll(results, result -> new LongAdder());
    }

    /** The inbox of a service in its database, named {@code inbox}, with the keys {@code chassis.inbox.*}. It is still to be added. */
    public static Inbox<Connection> jdbc(Service service, DataSource database) {
        return jdbc("inbox", service.config(PREFIX, InboxConfig.class), database);
    }

    /** An inbox in a database without a service, for whoever starts and stops it himself. */
    public static Inbox<Connection> jdbc(String name, InboxConfig config, DataSource database) {
        return of(name, config, new JdbcStore(database));
    }

    /** An inbox over keys that expire, like those of Redis. Weaker: see {@link Claims} and {@link Claim}. */
    public static Inbox<Claim> claims(String name, InboxConfig config, Claims claims) {
        return of(name, config, new ClaimStore(claims, config.claim(), config.retention()));
    }

    /** An inbox over a store of your own. */
    public static <U> Inbox<U> of(String name, InboxConfig config, InboxStore<U> store) {
        return new Inbox<>(name, config, store);
    }

    /**
     * Says what it needs, so that it starts after these and ends before them: the pool of the data source.
     *
     * @return this
     */
    public Inbox<U> after(Component... components) {
        before = List.of(components);
        return this;
    }

    /**
     * A handler that calls this one once per message.
     *
     * @param consumer who handles; messages are remembered under this name, so it stays the same for ever: 1 to 100 characters
     * @throws IllegalArgumentException if the name is not like that
     */
    public <T> DeliveryHandler<T> once(String consumer, InboxHandler<U, T> handler) {
        checkConsumer(consumer);
        return delivery -> deliver(consumer, delivery, handler);
    }

    /**
     * Does the work in a unit of its own, a transaction with a database, unless it has been done for this consumer and message.
     *
     * @return what became of it
     * @throws IllegalArgumentException if the id is empty or longer than 200 characters, the consumer longer than 100
     * @throws Exception what the work or the store throws; the effect is undone then, as far as the store can
     */
    public Result handle(String consumer, String messageId, InboxWork<U> work) throws Exception {
        check(consumer, messageId);
        return count(store.run(consumer, messageId, work));
    }

    /**
     * The same in a transaction of the caller, who commits if the result is {@link Result#HANDLED} or {@link Result#DUPLICATE}, and rolls back
     * otherwise.
     *
     * @throws UnsupportedOperationException with claims
     */
    public Result handle(U unit, String consumer, String messageId, InboxWork<U> work) throws Exception {
        check(consumer, messageId);
        return count(store.runIn(unit, consumer, messageId, work));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Component> dependsOn() {
        return before;
    }

    /**
     * Tries the store and begins to forget what is old.
     *
     * @throws IllegalStateException if the table is missing or different
     * @throws dev.chassis.lifecycle.TransientFailureException if the store cannot be asked now
     */
    @Override
    public void start(Deadline deadline) throws Exception {
        store.verify();
        CleanUp task = new CleanUp(name, store, config);
        Thread thread = new Thread(task, name + "-clean-up");
        thread.setDaemon(true);
        thread.start();
        cleaning.set(new Cleaning(task, thread));
    }

    /** Ends the clean-up. Handlers that run are not touched. */
    @Override
    public void stop(Deadline deadline) throws InterruptedException {
        Cleaning ended = cleaning.getAndSet(null);
        if (ended != null) {
            ended.task.end();
            ended.thread.join(TimeUnit.NANOSECONDS.toMillis(deadline.remainingNanos()) + 1);
            ended.thread.interrupt(); // over already, or too late
        }
    }

    @Override
    public Health health() {
        return cleaning.get() == null ? Health.down("not started") : Health.up();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Result result : Result.values()) {
            counter(registry, result.name().toLowerCase(Locale.ROOT), results[result.ordinal()]);
        }
        counter(registry, "without_id", withoutId);
    }

    private void counter(MeterRegistry registry, String result, LongAdder count) {
        FunctionCounter.builder("chassis.inbox.messages", count, LongAdder::sum)
                .description("Messages, by what the inbox said")
                .tags("inbox", name, "result", result)
                .register(registry);
    }

    private <T> Outcome deliver(String consumer, Delivery<T> delivery, InboxHandler<U, T> handler) throws Exception {
        String id = delivery.messageId();
        if (id.isEmpty()) {
            withoutId.increment();
            // A new id each time: never seen, and its unit is there all the same.
            return config.withoutId() == InboxConfig.WithoutId.HANDLE
                    ? deliver(consumer, "without-" + UUID.randomUUID(), delivery, handler)
                    : Outcome.deadLetter("it has no message-id, so nobody could tell whether it was handled before");
        }
        return id.length() > MAX_ID
                ? Outcome.deadLetter(
                        "its message-id has " + id.length() + " characters (expected: at most " + MAX_ID + ")")
                : deliver(consumer, id, delivery, handler);
    }

    private <T> Outcome deliver(String consumer, String id, Delivery<T> delivery, InboxHandler<U, T> handler)
            throws Exception {
        Outcome[] said = {Outcome.ack()};
        Result result = count(store.run(consumer, id, unit -> {
            said[0] = handler.handle(unit, delivery);
            return said[0].kind() == Outcome.Kind.ACK;
        }));
        return switch (result) {
            case HANDLED, UNDONE -> said[0];
            case DUPLICATE -> Outcome.ack();
            case BUSY -> Outcome.retry("the same message is being handled elsewhere", config.busyDelay());
        };
    }

    private Result count(Result result) {
        results[result.ordinal()].increment();
        return result;
    }

    private static void check(String consumer, String messageId) {
        checkConsumer(consumer);
        if (messageId.isEmpty() || messageId.length() > MAX_ID) {
            throw new IllegalArgumentException(
                    "messageId: \"" + messageId + "\" (expected: 1 to " + MAX_ID + " characters)");
        }
    }

    private static void checkConsumer(String consumer) {
        if (consumer.isEmpty() || consumer.length() > MAX_CONSUMER) {
            throw new IllegalArgumentException(
                    "consumer: \"" + consumer + "\" (expected: 1 to " + MAX_CONSUMER + " characters)");
        }
    }
}
