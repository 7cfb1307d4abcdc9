package dev.chassis.lifecycle;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts accepted work and knows when it is over: the one counter behind {@link Component#inFlight} and {@link Component#drain}.
 *
 * <pre>{@code
 * if (!inFlight.tryEnter()) {
 *     return refuse();
 * }
 * try { work(); } finally { inFlight.exit(); }
 * }</pre>
 *
 * <p>Thread-safe and lock-free. Invariants, all upheld by single compare-and-set steps on {@code state}, whose lowest bit says closed
 * and whose other bits are the count:
 *
 * <ul>
 *   <li>I1: once closed, the count rises only by {@link #enterNested}, and only while it is above zero.
 *   <li>I2: {@code empty} completes exactly once, when the state is closed with a count of zero.
 *   <li>I3: whoever entered and only they exit, so the count is never negative.
 * </ul>
 */
public final class InFlight {

    private static final long CLOSED = 1;
    private static final long ONE = 2;

    private final AtomicLong state = new AtomicLong();
    private final CompletableFuture<Void> empty = new CompletableFuture<>();

    /** Accepts one piece of work, unless closed. Every {@code true} must be followed by exactly one {@link #exit}. */
    public boolean tryEnter() {
        long current;
        do {
            current = state.get();
            if ((current & CLOSED) != 0) {
                return false; // I1
            }
        } while (!state.compareAndSet(current, current + ONE));
        return true;
    }

    /**
     * Accepts one piece of work even when closed, because it belongs to work that is already accepted and still counted.
     *
     * @throws IllegalStateException if closed and nothing is in flight
     */
    public void enterNested() {
        long current;
        do {
            current = state.get();
            if (current == CLOSED) {
                throw new IllegalStateException("closed, and no work in flight that this could belong to");
            }
        } while (!state.compareAndSet(current, current + ONE));
    }

    /**
     * One accepted piece of work is over.
     *
     * @throws IllegalStateException if nothing is in flight
     */
    public void exit() {
        long current;
        do {
            current = state.get();
            if (current < ONE) {
                throw new IllegalStateException("exit without enter"); // I3
            }
        } while (!state.compareAndSet(current, current - ONE));
        if (current - ONE == CLOSED) {
            empty.complete(null); // I2
        }
    }

    /** Accepts nothing more from now on. Idempotent. The stage completes when the count is zero. */
    public CompletionStage<Void> close() {
        long before = state.getAndUpdate(current -> current | CLOSED);
        if (before >> 1 == 0) {
            empty.complete(null); // I2
        }
        return empty.minimalCompletionStage();
    }

    /** Whether {@link #close} has been called. */
    public boolean isClosed() {
        return (state.get() & CLOSED) != 0;
    }

    /** The work accepted and not over. */
    public int count() {
        return (int) (state.get() >> 1);
    }
}
