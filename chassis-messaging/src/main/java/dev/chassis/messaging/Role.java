package dev.chassis.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.chassis.health.Health;
import dev.chassis.time.Backoff;
import dev.chassis.time.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the two connections, and the thread that keeps it open: CONNECTING → DECLARING → RUNNING ⇄ BLOCKED → RECOVERING → CONNECTING …,
 * until DRAINING → CLOSED. Two, because a broker that is short of memory stops reading from connections that publish, and whoever shares
 * such a connection cannot even acknowledge (RabbitMQ docs, "Alarms").
 *
 * <p>Thread-safe.
 *
 * <ul>
 *   <li>I1: {@code state}, {@code link}, {@code generation}, {@code reason} and {@code wire} are written by the supervisor's thread alone,
 *       or by who begins it while there is none; the others read.
 *   <li>I2: {@code link} is set exactly in RUNNING and BLOCKED, after the whole topology was declared.
 *   <li>I3: {@code generation} grows by one with each entry into RUNNING from DECLARING; the first is 1.
 *   <li>I4: {@code first} of a life is completed exactly once: by the first RUNNING, or by the end of the first attempt.
 *   <li>I5: listeners are told after each change, outside of every lock; they must not block.
 *   <li>I6: the client's I/O thread only adds to {@code events} of its own connection.
 * </ul>
 */
final class Role implements Links {

    /** What the supervisor does. */
    enum State {
        NEW,
        CONNECTING,
        DECLARING,
        RUNNING,
        BLOCKED,
        RECOVERING,
        DRAINING,
        CLOSED
    }

    private static final Logger LOG = LoggerFactory.getLogger(RabbitConnection.class);

    /** A connection that has lived so long was a good one. What kills it sooner may kill the next one, too, as a message that is too large does. */
    private static final long GOOD_NANOS = Duration.ofSeconds(10).toNanos();

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final Duration ABORT_LIMIT = Duration.ofSeconds(1);

    private final String name;
    private final RabbitConfig config;
    private final Topology topology;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final BlockedTime blocked = new BlockedTime();

    private volatile State state = State.NEW; // I1
    private volatile @Nullable Link link; // I2
    private volatile long generation; // I3
    private volatile String reason = "not started";
    private volatile @Nullable Wire wire;
    private volatile boolean stopping;
    private volatile Deadline closeBy = Deadline.after(CLOSE_LIMIT);
    private @Nullable Life life; // begin and stop, which are never called by two threads at a time

    /** @param name for logs and threads: {@code rabbit-publish} */
    Role(String name, RabbitConfig config, Topology topology) {
        this.name = name;
        this.config = config;
        this.topology = topology;
    }

    @Override
    public @Nullable Link current() {
        return link;
    }

    @Override
    public @Nullable Link await(Deadline deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (link == null && !isStopped() && !deadline.isExpired()) {
                changed.awaitNanos(deadline.remainingNanos());
            }
            return link;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isStopped() {
        return stopping;
    }

    /** Whether the broker has told us to publish nothing for now. */
    boolean isBlocked() {
        return state == State.BLOCKED;
    }

    /** Is told after each change of link or state, by a thread that must not be kept. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    State state() {
        return state;
    }

    long generation() {
        return generation;
    }

    String reason() {
        return reason;
    }

    BlockedTime blocked() {
        return blocked;
    }

    /** Seconds since the broker was last heard; 0 without a connection. */
    double silentSeconds() {
        Wire now = wire;
        return now == null ? 0 : now.silentNanos() / 1e9;
    }

    Health health() {
        return switch (state) {
            case RUNNING -> Health.up();
            case BLOCKED -> Health.degraded(name + ": blocked by the broker: " + reason);
            default -> Health.down(name + ": " + state + ": " + reason);
        };
    }

    /**
     * Starts the thread. Returns at once.
     *
     * @return completes when it runs, or exceptionally with the first failure; then the thread has ended
     */
    CompletableFuture<@Nullable Void> begin(Dialler dialler) {
        Life begun = new Life(dialler);
        life = begun;
        stopping = false;
        become(State.CONNECTING, "not connected yet");
        begun.thread.start();
        return begun.first;
    }

    /** Closes the connection and ends the thread; what is not over by the deadline is cut. Idempotent. */
    void stop(Deadline deadline) throws InterruptedException {
        closeBy = deadline.atMost(CLOSE_LIMIT);
        stopping = true;
        Life ending = life;
        life = null;
        if (ending == null) {
            become(State.CLOSED, "stopped");
            return;
        }
        if (link == null) {
            ending.cut();
        }
        ending.thread.interrupt();
        try {
            ending.thread.join(Sockets.millis(closeBy.remaining()));
        } finally {
            ending.cut();
        }
        ending.thread.join(Sockets.millis(deadline.atMost(ABORT_LIMIT).remaining()));
    }

    /** Cuts a connection on which a write hangs. Called every now and then, by one thread. */
    void watch() {
        Wire now = wire;
        if (now != null && now.hungNanos(isBlocked()) > config.rpcTimeout().toNanos()) {
            LOG.warn("{}: a write has hung for more than {}, the connection is cut", name, config.rpcTimeout());
            now.cut();
        }
    }

    private void become(State next, String why) {
        lock.lock();
        try {
            state = next;
            reason = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        listeners.forEach(Runnable::run); // I5
    }

    /** What the client tells us of a connection, in order. */
    private record Event(State next, String detail) {}

    /** From a begin to its end. All but {@code cut} and the constructor runs on its thread. */
    private final class Life implements Runnable {

        private final Dialler dialler;
        private final CompletableFuture<@Nullable Void> first = new CompletableFuture<>();
        private final Thread thread = new Thread(this, name);

        Life(Dialler dialler) {
            this.dialler = dialler;
            thread.setDaemon(true);
        }

        void cut() {
            dialler.cut();
            Wire now = wire;
            if (now != null) {
                now.cut();
            }
        }

        @Override
        public void run() {
            int attempt = 0;
            Exception end = null;
            while (!stopping && (end == null || first.isDone())) {
                long began = System.nanoTime();
                end = connectAndServe();
                attempt = System.nanoTime() - began > GOOD_NANOS ? 0 : attempt + 1;
                if (!stopping && first.isDone()) {
                    pause(attempt, end);
                }
            }
            stopping = true;
            become(State.CLOSED, end == null ? "stopped" : DialException.message(end));
            first.completeExceptionally(end == null ? new InterruptedException("stopped") : end); // I4
        }

        /** One life of a connection; returns why it ended. */
        private Exception connectAndServe() {
            Connection connection = null;
            try {
                become(State.CONNECTING, reason);
                connection = dialler.dial();
                wire = Wire.of(connection);
                BlockingQueue<Event> events = listen(connection);
                become(State.DECLARING, reason);
                topology.declare(connection);
                return serve(connection, events);
            } catch (DialException | TopologyException | IOException | InterruptedException | RuntimeException e) {
                return e;
            } finally {
                close(connection);
            }
        }

        private BlockingQueue<Event> listen(Connection connection) throws IOException {
            BlockingQueue<Event> events = new LinkedBlockingQueue<>(); // I6
            connection.addBlockedListener(
                    why -> events.add(new Event(State.BLOCKED, why)), () -> events.add(new Event(State.RUNNING, "")));
            connection.addShutdownListener(cause -> events.add(new Event(State.RECOVERING, text(cause))));
            return events;
        }

        private Exception serve(Connection connection, BlockingQueue<Event> events) throws InterruptedException {
            generation = generation + 1; // I3
            link = new Link(generation, connection, topology); // I2
            become(State.RUNNING, "");
            announce(connection);
            first.complete(null); // I4
            while (true) {
                Event event = events.take();
                if (event.next() == State.RECOVERING) {
                    return new IOException(event.detail());
                }
                blocked.is(event.next() == State.BLOCKED);
                LOG.warn("{}: {} by the broker {}", name, blocked.isNow() ? "blocked" : "unblocked", event.detail());
                become(event.next(), event.detail());
            }
        }

        private void announce(Connection connection) {
            Broker broker = Broker.of(connection);
            LOG.info(
                    "{}: connected to {} at {}:{}, generation {}; queues are {} by default",
                    name,
                    broker,
                    connection.getAddress().getHostAddress(),
                    connection.getPort(),
                    generation,
                    broker.hasQuorumQueues()
                            ? "quorum queues"
                            : "what the broker makes of them, it has no quorum queues");
        }

        private void pause(int attempt, Exception end) {
            reason = DialException.message(end);
            become(State.RECOVERING, reason);
            Duration delay = delay(attempt, end);
            LOG.warn("{}: not connected, next attempt in {} ms: {}", name, delay.toMillis(), reason);
            try {
                TimeUnit.NANOSECONDS.sleep(delay.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // told to stop
            }
        }

        /** What a person must end is tried again slowly: half of the longest delay, and a random part of the other half. */
        private Duration delay(int attempt, Exception end) {
            boolean lasting = end instanceof TopologyException || end instanceof DialException dial && dial.isLasting();
            Duration half = config.reconnectMax().dividedBy(2);
            return lasting
                    ? half.plus(new Backoff(half, half).delay(0, ThreadLocalRandom.current()))
                    : new Backoff(config.reconnectMin(), config.reconnectMax())
                            .delay(attempt, ThreadLocalRandom.current());
        }

        /** Never longer than {@link #CLOSE_LIMIT}: the client alone would wait for ever for the broker's answer. */
        private void close(@Nullable Connection connection) {
            boolean wasBlocked = isBlocked();
            link = null;
            blocked.is(false);
            if (connection == null) {
                return;
            }
            become(stopping ? State.DRAINING : State.RECOVERING, reason);
            boolean interrupted = Thread.interrupted();
            Duration limit = stopping ? closeBy.remaining() : CLOSE_LIMIT;
            if (connection.isOpen() && !wasBlocked && !limit.isZero()) { // one that is blocked is not read from
                closeQuietly(connection, Sockets.millis(limit));
            }
            Wire.of(connection).cut();
            wire = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private void closeQuietly(Connection connection, int millis) {
            try {
                connection.close(AMQP.REPLY_SUCCESS, "stopped", millis);
            } catch (IOException | RuntimeException e) {
                LOG.debug("{}: not closed properly", name, e);
            }
        }

        private String text(ShutdownSignalException cause) {
            return cause.getReason() == null && cause.getCause() != null
                    ? DialException.reason(cause.getCause())
                    : TopologyException.text(cause);
        }
    }
}
