package dev.chassis.http.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether the handlers of one event loop are quick: so quick that the next one is sooner done than the loop is awake. Thread-safe; one that
 * returns just now may be counted before or after another.
 */
final class HandlerPace {

    /** To wake a thread, and to have it find what it is for, takes about as long as this on a small task. */
    static final long QUICK_NANOS = TimeUnit.MICROSECONDS.toNanos(25);

    /** So many in a row. */
    static final int STREAK = 16;

    private final AtomicInteger streak = new AtomicInteger();

    /** Counts a handler that took so long; whether it and those before it have all been quick. */
    boolean isQuickAfter(long tookNanos) {
        int before = streak.get();
        if (tookNanos >= QUICK_NANOS) {
            streak.set(0);
            return false;
        }
        if (before < STREAK) {
            streak.incrementAndGet();
        }
        return before >= STREAK - 1;
    }
}
