package dev.chassis.messaging;

import com.rabbitmq.client.Channel;
import dev.chassis.health.Health;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.Stage;
import dev.chassis.lifecycle.TransientFailureException;
import dev.chassis.lifecycle.Workers;
import dev.chassis.messaging.PublishResult.Outcome;
import dev.chassis.time.Backoff;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes to one exchange, and says of every message what became of it.
 *
 * <pre>{@code
 * var orders = service.add(rabbit.publisher("orders"));
 * orders.publish("order.created", Message.json(order)).thenAccept(result -> ...);
 * }</pre>
 *
 * <p>What it promises:
 *
 * <ul>
 *   <li>Every stage completes, normally, with exactly one {@link PublishResult}: by the broker's word, after {@link
 *       RabbitConfig.Publishing#confirmTimeout()}, when the connection breaks, or when the publisher stops.
 *   <li>{@link Outcome#CONFIRMED} means that the broker is responsible for it. {@link Outcome#REFUSED} means that it was not sent. It is sent
 *       at most once; whoever publishes again after an unknown outcome uses the same message-id.
 *   <li>A publish blocks for {@link RabbitConfig.Publishing#windowTimeout()} at most, and only while the window is full, the broker blocks
 *       us, or there is no connection. What is accepted is sent when there is a connection again, unless its confirm time-out is over.
 *   <li>Messages of one thread are sent in their order.
 * </ul>
 *
 * <p>Stages complete on worker threads, where what is chained to them may block; but each that does keeps a thread, of which there are 8
 * before Java 24.
 *
 * <p>It is used, like a pool, until the end of a drain: work in flight may still publish, {@link #flush} waits for the confirms, and {@link
 * #stop} ends it.
 *
 * <p>Thread-safe once it has started. Threads that publish only queue: they may be interrupted, and the socket is not theirs.
 *
 * <ul>
 *   <li>I1: only the thread {@code <name>} opens and closes channels and publishes on them; {@code channel} is its, and read by others.
 *   <li>I2: a message is in the backlog, in the ring of a channel, or owned by one thread that decides it; see {@link Pending}.
 *   <li>I3: {@code live} is not null exactly between a start that succeeded and stop; start and stop alone write it.
 * </ul>
 */
public final class Publisher implements Component {

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final int MAX_CALLBACK_THREADS = 8;

    private final RabbitConnection connection;
    private final Role role;
    private final String exchange;
    private final String name;
    private final PublisherMeters meters = new PublisherMeters();
    private volatile @Nullable Live live; // I3

    Publisher(RabbitConnection connection, String exchange) {
        this.connection = connection;
        this.role = connection.publishing();
        this.exchange = Texts.requireShort("exchange", exchange);
        this.name = connection.name() + "-publisher-" + (exchange.isEmpty() ? "default" : exchange);
        role.onChange(this::changed);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Stage stage() {
        return Stage.EGRESS;
    }

    @Override
    public List<Component> dependsOn() {
        return List.of(connection);
    }

    /**
     * Looks whether the exchange is there, and opens a channel.
     *
     * @throws IllegalStateException if there is no such exchange
     * @throws TransientFailureException if there is no connection now
     */
    @Override
    public void start(Deadline deadline) throws Exception {
        Link link = role.await(deadline);
        if (link == null) {
            throw new TransientFailureException(name + ": no connection: " + role.reason(), new IOException("none"));
        }
        try {
            verify(link);
            Live begun = new Live();
            live = begun;
            begun.start(link);
        } catch (IOException | RuntimeException e) {
            live = null;
            throw new TransientFailureException(name + ": no channel: " + DialException.reason(e), e);
        } catch (TopologyException e) {
            throw new IllegalStateException(name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Publishes; persistent and mandatory, always. Blocks only as described above; what was decided before it returns completes at once.
     *
     * @param routingKey at most 255 bytes; to the default exchange, the name of a queue
     * @throws IllegalArgumentException if the key is too long, or the body larger than the whole window
     */
    public CompletionStage<PublishResult> publish(String routingKey, Message message) {
        Texts.requireShort("routing key", routingKey);
        Live now = live;
        if (now == null) {
            return refuse(message, name + " is not started");
        }
        Pending pending = new Pending(routingKey, message, Envelope.of(message, connection.clientName()));
        return now.publish(pending);
    }

    /**
     * Publishes each, in this order.
     *
     * @return completes when every one has an outcome, with these in the same order
     */
    public CompletionStage<List<PublishResult>> publish(String routingKey, List<Message> messages) {
        List<CompletableFuture<PublishResult>> all = new ArrayList<>(messages.size());
        for (Message message : messages) {
            all.add(publish(routingKey, message).toCompletableFuture());
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done -> all.stream().map(CompletableFuture::join).toList());
    }

    /**
     * Waits until every message has an outcome.
     *
     * @throws IllegalStateException if some have none when the deadline has passed
     */
    @Override
    public void flush(Deadline deadline) throws Exception {
        Live now = live;
        if (now != null && !now.backlog.awaitEmpty(deadline)) {
            throw new IllegalStateException(name + ": " + now.backlog.count() + " messages without a confirm");
        }
    }

    /** Refuses what comes, and what was not sent; the outcome of what was sent and not confirmed is unknown. */
    @Override
    public void stop(Deadline deadline) throws Exception {
        Live ended = live;
        live = null;
        if (ended != null) {
            ended.stop(deadline);
        }
    }

    /** Messages accepted and without an outcome. */
    @Override
    public int inFlight() {
        Live now = live;
        return now == null ? 0 : now.backlog.count();
    }

    @Override
    public Health health() {
        Live now = live;
        if (now == null) {
            return Health.down("not started");
        }
        String trouble = now.trouble;
        return trouble.isEmpty() ? Health.up() : Health.down("channel closed: " + trouble);
    }

    /** {@code rabbitmq.publish} by outcome, {@code rabbitmq.publish.outstanding}, {@code rabbitmq.publish.confirm}. */
    @Override
    public void bindTo(MeterRegistry registry) {
        meters.bind(registry, name, this::inFlight);
    }

    private void changed() {
        Live now = live;
        if (now != null) {
            now.backlog.wake();
        }
    }

    private CompletionStage<PublishResult> refuse(Message message, String why) {
        meters.count(Outcome.REFUSED);
        return CompletableFuture.completedFuture(new PublishResult(message.id(), Outcome.REFUSED, why));
    }

    /** The default exchange is always there, and cannot be asked for. */
    private void verify(Link link) throws IOException, TopologyException {
        if (exchange.isEmpty()) {
            return;
        }
        Channel channel = link.channel();
        try {
            channel.exchangeDeclarePassive(exchange);
        } catch (IOException e) {
            throw TopologyException.ifLasting("exchange \"" + exchange + "\"", e);
        } finally {
            channel.abort();
        }
    }

    /** From a start to the stop. */
    private final class Live implements ConfirmChannel.Listener {

        private final RabbitConfig.Publishing config = connection.config().publish();
        private final long windowNanos = config.windowTimeout().toNanos();
        private final long confirmNanos = config.confirmTimeout().toNanos();
        private final long maxBytes = config.windowBytes();
        private final Backlog backlog = new Backlog(config.windowMessages(), maxBytes);
        private final Workers workers = Workers.create(name + "-callback", MAX_CALLBACK_THREADS);
        private final Completions completions = new Completions(workers, meters::count);
        private final Backoff backoff = new Backoff(
                connection.config().reconnectMin(), connection.config().reconnectMax());
        private final Thread writer = new Thread(this::write, name);
        private final Runnable sweep = this::sweep;
        private volatile @Nullable ConfirmChannel channel; // I1
        private volatile String trouble = "";
        private int attempts; // to open a channel, since one has confirmed anything; these two: the writer's
        private long declareAgainAt = System.nanoTime();

        void start(Link link) throws IOException {
            channel = ConfirmChannel.open(link, exchange, this);
            writer.setDaemon(true);
            writer.start();
            connection.watch(sweep);
        }

        CompletionStage<PublishResult> publish(Pending message) {
            if (message.bytes() > maxBytes) {
                throw new IllegalArgumentException("body: " + message.bytes()
                        + " bytes (expected: at most publish.window-bytes, " + maxBytes + ")");
            }
            String refusal = backlog.enter(message, this::isWritable, windowNanos);
            return refusal == null
                    ? message.result
                    : Publisher.this.refuse(message.message, refusal.isEmpty() ? whyNot() : refusal);
        }

        void stop(Deadline deadline) throws InterruptedException {
            connection.unwatch(sweep);
            refuse(backlog.close());
            ConfirmChannel last = channel;
            if (last != null) {
                last.end("stopped");
            }
            writer.interrupt();
            try {
                writer.join(Math.max(1, deadline.remaining().toMillis()));
            } finally {
                workers.shutdown(deadline);
                completions.run(); // what the workers have not begun
            }
        }

        @Override
        public void decided(List<Pending> messages) {
            if (!messages.isEmpty()) {
                backlog.release(messages);
                completions.add(messages);
            }
        }

        @Override
        public void unsent(List<Pending> messages) {
            if (!messages.isEmpty()) {
                refuse(backlog.putBack(messages));
            }
        }

        @Override
        public void ended(ConfirmChannel ended, String why) {
            trouble = role.current() == ended.link() ? why : ""; // else it is the connection's, which says so itself
            backlog.wake();
        }

        private void refuse(List<Pending> unsent) {
            unsent.forEach(message -> message.decide(Outcome.REFUSED, "stopped"));
            decided(unsent);
        }

        /** Asked under the lock of the backlog: reads two fields. */
        private boolean isWritable() {
            return role.current() != null && !role.isBlocked();
        }

        private String whyNot() {
            return role.isBlocked() ? "blocked by the broker: " + role.reason() : "not connected: " + role.reason();
        }

        /** On the thread of the watchdog. */
        private void sweep() {
            long before = System.nanoTime() - confirmNanos;
            List<Pending> unsent = backlog.expire(before);
            unsent.forEach(message -> message.decide(Outcome.REFUSED, "not sent in time: " + whyNot()));
            decided(unsent);
            ConfirmChannel now = channel;
            if (now != null) {
                decided(now.expire(before));
            }
            completions.look();
        }

        /** The writer's life; it ends when it is interrupted, or when there will be no connection again. */
        private void write() {
            try {
                for (ConfirmChannel open = usable(); open != null; open = usable()) {
                    List<Pending> messages = backlog.take(open::isOpen, this::isWritable);
                    if (!messages.isEmpty()) {
                        declareWhatWasDeleted(open);
                        open.send(messages);
                    }
                }
            } catch (InterruptedException e) {
                Thread.interrupted(); // told to stop: what follows may wait for the broker
            } finally {
                refuse(backlog.close());
                ConfirmChannel last = channel;
                if (last != null && last.link().connection().isOpen()) {
                    last.close();
                }
            }
        }

        /** The channel, or a new one when it has ended; null if there will be no connection again. */
        private @Nullable ConfirmChannel usable() throws InterruptedException {
            ConfirmChannel now = channel;
            while (now == null || !now.isOpen()) {
                Link link = role.await(Deadline.after(Duration.ofDays(1)));
                if (link == null && role.isStopped()) {
                    return null;
                }
                if (link != null) {
                    attempts = now != null && now.hasConfirmed() ? 0 : attempts;
                    boolean another = now != null && now.link() != link;
                    if (!another) { // else the supervisor has waited, and declared everything
                        pause(attempts);
                    }
                    attempts++;
                    now = open(link, !another);
                }
            }
            return now;
        }

        private void pause(int attempt) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(
                    backoff.delay(attempt, ThreadLocalRandom.current()).toNanos());
        }

        /** A channel that ended on a connection that lives may have ended because somebody has deleted the exchange. */
        private @Nullable ConfirmChannel open(Link link, boolean declare) {
            try {
                if (declare) {
                    link.declareAgain();
                }
                ConfirmChannel opened = ConfirmChannel.open(link, exchange, this);
                channel = opened;
                trouble = "";
                return opened;
            } catch (IOException | TopologyException | RuntimeException e) {
                trouble = DialException.message(e);
                return null;
            }
        }

        /** What was returned may have been for a queue that somebody has deleted. Or for none that ever was: so this is done rarely. */
        private void declareWhatWasDeleted(ConfirmChannel open) {
            if (!open.takeReturned() || declareAgainAt - System.nanoTime() > 0) {
                return;
            }
            declareAgainAt = System.nanoTime() + backoff.cap().toNanos();
            try {
                open.link().declareAgain();
            } catch (IOException | TopologyException | RuntimeException e) {
                LOG.warn(
                        "{}: what was returned may lack a queue, which cannot be declared: {}",
                        name,
                        DialException.message(e));
            }
        }
    }
}
