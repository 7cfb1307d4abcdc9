package dev.chassis.hazelcast;

import com.hazelcast.ringbuffer.ReadResultSet;
import com.hazelcast.ringbuffer.Ringbuffer;
import dev.chassis.bus.ClusterBus;
import dev.chassis.context.Correlation;
import dev.chassis.time.Backoff;
import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a ring for one subscriber, on a thread of its own.
 *
 * <p>I1: {@code next}, {@code attempt} and {@code gap} belong to that thread. I2: the subscriber gets every message from {@code next} on, in
 * the ring's order; before the first one after a failure, or after a jump in the numbers, it is told of a gap. I3: one thread at most is
 * ever started. Thread-safe.
 */
final class RingReader implements ClusterBus.Subscription, Runnable {

    /** How long a subscription waits until it knows where the ring ends. */
    static final Duration POSITION = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(RingReader.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
    private static final int BATCH = 100;
    private static final long UNKNOWN = -1;

    private final String topic;
    private final ClusterBus.Subscriber subscriber;
    private final Consumer<RingReader> onClose;
    private final Thread thread;
    private final AtomicBoolean started = new AtomicBoolean();
    private final CountDownLatch positioned = new CountDownLatch(1);
    private volatile boolean closed;
    private volatile @Nullable Ringbuffer<byte[]> ring;

    private long next = UNKNOWN;
    private int attempt;
    private boolean gap;

    RingReader(String pool, String topic, ClusterBus.Subscriber subscriber, Consumer<RingReader> onClose) {
        this.topic = topic;
        this.subscriber = subscriber;
        this.onClose = onClose;
        this.thread = new Thread(this, pool + "-bus-" + topic);
        thread.setDaemon(true);
    }

    String topic() {
        return topic;
    }

    /** Begins to read. On return everything published from now on arrives, or a gap is told. */
    void start(Ringbuffer<byte[]> source, Deadline deadline) throws InterruptedException {
        if (!closed && started.compareAndSet(false, true)) {
            ring = source;
            thread.start();
        }
        if (!positioned.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
            LOG.warn("Subscription to {} waits for the cluster", topic);
        }
    }

    /** Ends it; a message that is being handled is not waited for. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        positioned.countDown();
        onClose.accept(this);
    }

    @Override
    public void run() {
        try {
            while (!closed) {
                round();
            }
        } catch (InterruptedException e) {
            // It was closed.
        }
    }

    private void round() throws InterruptedException {
        Ringbuffer<byte[]> source = ring;
        if (source == null) {
            throw new IllegalStateException("not started");
        }
        try {
            position(source);
            read(source);
            attempt = 0;
        } catch (ExecutionException | RuntimeException e) {
            failed(e);
        }
    }

    // After a failure too: a cluster that was away may have come back without its rings, whose numbers then begin anew.
    private void position(Ringbuffer<byte[]> source) {
        if (next == UNKNOWN) {
            next = source.tailSequence() + 1;
        } else if (gap && next > source.tailSequence() + 1) {
            next = source.headSequence();
        }
        positioned.countDown();
        tellGap();
    }

    private void read(Ringbuffer<byte[]> source) throws ExecutionException, InterruptedException {
        int most = (int) Math.min(BATCH, source.capacity());
        ReadResultSet<byte[]> batch =
                source.readManyAsync(next, 1, most, null).toCompletableFuture().get();
        gap = batch.getSequence(0) != next;
        tellGap();
        for (byte[] message : batch) {
            if (closed) {
                return;
            }
            tell(() -> subscriber.onMessage(message));
        }
        next = batch.getNextSequenceToReadFrom();
    }

    private void failed(Exception cause) throws InterruptedException {
        if (closed) {
            throw new InterruptedException();
        }
        positioned.countDown();
        gap = true;
        LOG.debug("Reading {} failed", topic, cause);
        Duration delay = BACKOFF.delay(attempt++, ThreadLocalRandom.current());
        TimeUnit.NANOSECONDS.sleep(delay.toNanos());
    }

    private void tellGap() {
        if (gap) {
            gap = false;
            tell(subscriber::onGap);
        }
    }

    /** Under ids of its own, which the line about its failure has, too. */
    private void tell(Runnable event) {
        try (Correlation.Scope scope = Correlation.mint().open()) {
            told(event);
        }
    }

    private void told(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException | Error e) { // whatever it is, the next message is another matter
            LOG.error("Subscriber of {} failed", topic, e);
        }
    }
}
