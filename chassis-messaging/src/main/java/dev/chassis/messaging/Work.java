package dev.chassis.messaging;

import dev.chassis.context.Correlation;
import dev.chassis.context.CorrelationHeaders;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One delivery on its way through a handler.
 *
 * <ul>
 *   <li>I1: {@code state} goes from WAITING to RUNNING, and from there to DONE (by the worker) or TIMED_OUT (by the settler), whoever comes
 *       first; so there is one verdict. TIMED_OUT becomes ABANDONED when the worker does not come back. Guarded by this.
 *   <li>I2: the worker is interrupted under this lock and only while it runs this delivery, so that the interrupt hits no other one.
 *   <li>I3: {@code delivery}, {@code undecoded} and {@code key} are written before the delivery waits for a worker, or by that worker.
 *   <li>I4: {@code left} belongs to the settler.
 * </ul>
 */
final class Work<T> {

    private final Incoming incoming;
    private final Processing<T> processing;
    private @Nullable Delivery<T> delivery;
    private @Nullable Throwable undecoded;
    private int keyHash;
    private State state = State.WAITING;
    private @Nullable Thread thread;
    private volatile long startedNanos;
    private boolean left; // I4

    Work(Incoming incoming, Processing<T> processing) {
        this.incoming = incoming;
        this.processing = processing;
    }

    Incoming incoming() {
        return incoming;
    }

    long startedNanos() {
        return startedNanos;
    }

    int keyHash() {
        return keyHash;
    }

    /** The ids of whoever published it, or new ones. */
    Correlation correlation() {
        return CorrelationHeaders.read(incoming.correlationId(), incoming.text(CorrelationHeaders.TRACEPARENT));
    }

    /** Decodes it and asks for its key. What fails here is the verdict when its turn comes. */
    void findKey(Function<Delivery<T>, ?> key) {
        try {
            Delivery<T> decoded = processing.decode(incoming);
            delivery = decoded;
            Object found = key.apply(decoded);
            keyHash = found == null ? 0 : found.hashCode();
        } catch (Throwable e) {
            undecoded = e;
        }
    }

    /** Not the one of identity: that is asked of the machine for every delivery, and costs more than the set that wants it. */
    @Override
    public int hashCode() {
        return Long.hashCode(incoming.tag());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    /** It has been given to a worker. */
    synchronized void started() {
        startedNanos = System.nanoTime();
        state = State.RUNNING;
    }

    /** Whether it is the first time that somebody says it is no longer in flight. By the settler. */
    boolean leave() {
        boolean first = !left;
        left = true;
        return first;
    }

    /** Handles it, on a worker, under its correlation, and tells the verdict. */
    void run() {
        Correlation correlation = correlation();
        try (Correlation.Scope scope = correlation.open()) {
            begin();
            Verdict verdict = verdict();
            if (end()) {
                processing.log(incoming, verdict);
                processing.settle(this, verdict);
            } else {
                processing.late(incoming, verdict);
            }
        }
    }

    /** Ends it for everybody but its worker, if it has taken longer than this; true exactly once. By the settler. */
    synchronized boolean timeOut(long nowNanos, Duration limit) {
        if (state != State.RUNNING || nowNanos - startedNanos < limit.toNanos()) {
            return false;
        }
        state = State.TIMED_OUT;
        if (thread != null) {
            thread.interrupt(); // I2
        }
        return true;
    }

    /** Gives its worker up, if it has not come back this long after the start; true exactly once. By the settler. */
    synchronized boolean abandon(long nowNanos, Duration limit) {
        if (state != State.TIMED_OUT || nowNanos - startedNanos < limit.toNanos()) {
            return false;
        }
        state = State.ABANDONED;
        return true;
    }

    private synchronized void begin() {
        thread = Thread.currentThread();
        if (state == State.TIMED_OUT) {
            thread.interrupt();
        }
    }

    private Verdict verdict() {
        try {
            Throwable failed = undecoded;
            if (failed != null) {
                return Verdict.of(failed);
            }
            Delivery<T> decoded = delivery;
            return Verdict.of(processing.handle(decoded == null ? processing.decode(incoming) : decoded));
        } catch (Throwable e) {
            return Verdict.of(e); // Errors too: whatever a handler throws, its worker and the channel live on.
        }
    }

    /** Whether the verdict counts. Takes back an interrupt, ours or the handler's own. */
    private synchronized boolean end() {
        thread = null;
        Thread.interrupted();
        boolean counts = state == State.RUNNING;
        if (counts) {
            state = State.DONE;
        }
        return counts;
    }

    private enum State {
        WAITING,
        RUNNING,
        DONE,
        TIMED_OUT,
        ABANDONED
    }
}
