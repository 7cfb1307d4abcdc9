package dev.chassis.time;

import java.time.Duration;

/** Durations as nanoseconds without overflow: what is longer than a long can hold is as good as for ever. */
final class Nanos {

    /** 146 years: two of them still subtract without overflow. */
    static final long FOREVER = Long.MAX_VALUE / 2;

    private static final long FOREVER_SECONDS = Duration.ofNanos(FOREVER).getSeconds();

    private Nanos() {}

    /** The nanoseconds of a duration that is not negative, at most {@link #FOREVER}. */
    static long of(Duration duration) {
        return duration.getSeconds() >= FOREVER_SECONDS ? FOREVER : duration.toNanos();
    }

    /**
     * The same, for an argument.
     *
     * @throws IllegalArgumentException if it is negative
     */
    static long ofArgument(String name, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(name + ": " + duration + " (expected: zero or more)");
        }
        return of(duration);
    }
}
