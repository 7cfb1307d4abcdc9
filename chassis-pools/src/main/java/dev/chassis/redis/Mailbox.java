package dev.chassis.redis;

import dev.chassis.bus.ClusterBus.Subscriber;
import dev.chassis.context.Correlation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages that wait for one subscriber, in their order. When there are too many, new ones are dropped and a gap is noted in their
 * place.
 *
 * <ul>
 *   <li>I1: {@code waiting} and {@code scheduled} are guarded by this object's lock, under which nothing foreign is called.
 *   <li>I2: {@code scheduled} while a run is queued or under way, so that one thread at most runs the subscriber.
 *   <li>I3: {@code waiting} never has more than {@code capacity} messages, nor two gaps in a row.
 * </ul>
 */
final class Mailbox implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
    private static final byte[] GAP = new byte[0]; // compared by identity

    /** After so many the thread goes to the next mailbox. */
    private static final int TURN = 64;

    private final String topic;
    private final Subscriber subscriber;
    private final int capacity;
    private final Executor executor;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private boolean scheduled;
    private volatile boolean closed;

    Mailbox(String topic, Subscriber subscriber, int capacity, Executor executor) {
        this.topic = topic;
        this.subscriber = subscriber;
        this.capacity = capacity;
        this.executor = executor;
    }

    /** Takes a message, which belongs to the subscriber from now on. Never blocks. */
    void message(byte[] message) {
        put(message);
    }

    /** Notes that messages may have been missed here. Never blocks. */
    void gap() {
        put(GAP);
    }

    /** Delivers nothing more. What the subscriber is doing now goes on. */
    void close() {
        closed = true;
    }

    /** One turn. */
    @Override
    public void run() {
        for (int i = 0; i < TURN; i++) {
            byte[] next = next();
            if (next == GAP || next != null) {
                deliver(next);
            } else {
                return;
            }
        }
        executor.execute(this);
    }

    private void put(byte[] message) {
        if (add(message)) {
            executor.execute(this);
        }
    }

    /** Returns whether it must be scheduled. */
    private synchronized boolean add(byte[] message) {
        byte[] added = waiting.size() < capacity ? message : GAP;
        if (added != GAP || waiting.peekLast() != GAP) {
            waiting.addLast(added);
        }
        boolean first = !scheduled;
        scheduled = true;
        return first;
    }

    private synchronized byte @org.jspecify.annotations.Nullable [] next() {
        byte[] next = closed ? null : waiting.pollFirst();
        scheduled = next != null;
        return next;
    }

    /** Under ids of its own, which the line about its failure has, too. */
    private void deliver(byte[] message) {
        try (Correlation.Scope scope = Correlation.mint().open()) {
            tell(message);
        }
    }

    private void tell(byte[] message) {
        try {
            if (message == GAP) {
                subscriber.onGap();
            } else {
                subscriber.onMessage(message);
            }
        } catch (RuntimeException e) {
            LOG.warn("a subscriber of {} failed and goes on with the next message", topic, e);
        }
    }
}
