package dev.chassis.websocket;

/**
 * A rate with a burst, in one number: when the next message would come if all came evenly (the generic cell rate algorithm, ITU-T I.371).
 * Immutable; the number is the caller's.
 */
final class Pace {

    private static final long SECOND = 1_000_000_000L;

    private final long intervalNanos; // 0: no limit
    private final long toleranceNanos;

    Pace(int perSecond, int burst) {
        this.intervalNanos = perSecond == 0 ? 0 : SECOND / perSecond;
        this.toleranceNanos = intervalNanos * burst;
    }

    boolean isUnlimited() {
        return intervalNanos == 0;
    }

    /** The number after one more message; the same as before if that is too many. */
    long next(long due, long now) {
        long from = due - now > 0 ? due : now;
        return from - now >= toleranceNanos ? due : from + intervalNanos;
    }
}
