package dev.chassis.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: attempt {@code n} waits a uniformly random time between zero and {@code min(cap, base * 2^n)}.
 * Full jitter spreads a herd of clients best (AWS Architecture Blog, "Exponential Backoff And Jitter").
 *
 * @param base the ceiling of the first delay; positive
 * @param cap the ceiling of every delay; at least {@code base}
 */
public record Backoff(Duration base, Duration cap) {

    private static final int MAX_SHIFT = Long.SIZE - 2;

    /**
     * Checks the ceilings.
     *
     * @throws IllegalArgumentException if {@code base} is not positive or {@code cap} is less
     */
    public Backoff {
        if (base.isNegative() || base.isZero()) {
            throw new IllegalArgumentException("base: " + base + " (expected: more than zero)");
        }
        if (cap.compareTo(base) < 0) {
            throw new IllegalArgumentException("cap: " + cap + " (expected: at least base, " + base + ")");
        }
    }

    /**
     * The largest delay that attempt {@code attempt} can be given.
     *
     * @param attempt 0 is the first
     * @throws IllegalArgumentException if the attempt is negative
     */
    public Duration ceiling(int attempt) {
        if (attempt < 0) {
            throw new IllegalArgumentException("attempt: " + attempt + " (expected: zero or more)");
        }
        long factor = 1L << Math.min(attempt, MAX_SHIFT);
        // Divided, not multiplied, so that it cannot overflow.
        return cap.dividedBy(factor).compareTo(base) < 0 ? cap : base.multipliedBy(factor);
    }

    /**
     * A random delay for attempt {@code attempt}, between zero and its {@linkplain #ceiling(int) ceiling}, both included.
     *
     * @param attempt 0 is the first
     * @throws IllegalArgumentException if the attempt is negative
     */
    public Duration delay(int attempt, RandomGenerator random) {
        return Duration.ofNanos(random.nextLong(Nanos.of(ceiling(attempt)) + 1));
    }
}
