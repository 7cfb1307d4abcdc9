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

    private static final int MAX_SHIFT = 30;

    public Backoff {
        if (base.isNegative() || base.isZero()) {
            throw new IllegalArgumentException("base: " + base + " (expected: more than zero)");
        }
        if (cap.compareTo(base) < 0) {
            throw new IllegalArgumentException("cap: " + cap + " (expected: at least base, " + base + ")");
        }
    }

    /** The largest delay that attempt {@code attempt} (0 is the first) can be given. */
    public Duration ceiling(int attempt) {
        Duration grown = base.multipliedBy(1L << Math.min(attempt, MAX_SHIFT));
        return grown.compareTo(cap) < 0 ? grown : cap;
    }

    /** A random delay for attempt {@code attempt} (0 is the first), between zero and its {@linkplain #ceiling(int) ceiling}. */
    public Duration delay(int attempt, RandomGenerator random) {
        return Duration.ofNanos(random.nextLong(ceiling(attempt).toNanos() + 1));
    }
}
