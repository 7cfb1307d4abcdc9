package dev.chassis.messaging;

import java.util.concurrent.TimeUnit;

/**
 * How long handlers take: while they return sooner than another thread is awake, one worker is done first with what has come.
 *
 * <p>Not thread-safe: guarded by the dispatcher's lock.
 */
final class Pace {

    /** To wake a thread, and to have it find what it is for, takes about as long as this on a small task. */
    private static final long QUICK_NANOS = TimeUnit.MICROSECONDS.toNanos(25);

    private static final int STREAK = 16;

    private int streak;
    private long handled;
    private long handledBefore;

    /** A delivery is over, this long after it was given to its worker. */
    void handled(long tookNanos) {
        handled++;
        streak = tookNanos < QUICK_NANOS ? Math.min(streak + 1, STREAK) : 0;
    }

    /** Whether the last ones have all been quick. */
    boolean isQuick() {
        return streak == STREAK;
    }

    /** They are not, whatever they were before. */
    void slowDown() {
        streak = 0;
    }

    /** From now on {@link #hasStalled} is asked; it is false the first time. */
    void watch() {
        handledBefore = handled - 1;
    }

    /** Whether no delivery has come to its end since this was asked last. */
    boolean hasStalled() {
        boolean stalled = handled == handledBefore;
        handledBefore = handled;
        return stalled;
    }
}
