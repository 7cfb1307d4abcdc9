package dev.chassis.testing;

import dev.chassis.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time that stands still until a test turns it. Whatever has been given this ticker sees a deadline pass without anybody waiting for it.
 *
 * <pre>{@code
 * ManualTicker ticker = new ManualTicker();
 * Deadline deadline = Deadline.after(Duration.ofSeconds(10), ticker);
 * ticker.advance(Duration.ofSeconds(10));    // deadline.isExpired()
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class ManualTicker implements Ticker {

    private final AtomicLong nanos = new AtomicLong();

    /** A ticker that stands at zero. */
    public ManualTicker() {}

    @Override
    public long nanos() {
        return nanos.get();
    }

    /**
     * Lets time pass.
     *
     * @throws IllegalArgumentException if the step is negative: elapsed time never runs backwards
     */
    public void advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("step: " + step + " (expected: zero or more)");
        }
        nanos.addAndGet(step.toNanos());
    }
}
