package dev.chassis.time;

import java.time.Duration;
import java.util.Objects;

/**
 * An absolute point in time by which a job must be over. A budget becomes one deadline, once, and is passed down; nobody below adds
 * time-outs up.
 *
 * <p>Immutable and thread-safe.
 */
public final class Deadline {

    private final Ticker ticker;
    private final long atNanos;

    private Deadline(Ticker ticker, long atNanos) {
        this.ticker = ticker;
        this.atNanos = atNanos;
    }

    /**
     * A deadline {@code budget} from now on the given ticker. More than 146 years are 146 years.
     *
     * @throws IllegalArgumentException if the budget is negative
     */
    public static Deadline after(Duration budget, Ticker ticker) {
        Objects.requireNonNull(ticker, "ticker");
        return new Deadline(ticker, ticker.nanos() + Nanos.ofArgument("budget", budget));
    }

    /** A deadline {@code budget} from now on the {@linkplain Ticker#system() system ticker}. */
    public static Deadline after(Duration budget) {
        return after(budget, Ticker.system());
    }

    /** What is left, never negative. */
    public Duration remaining() {
        return Duration.ofNanos(remainingNanos());
    }

    /** What is left in nanoseconds, never negative: 0 once the deadline has passed. */
    public long remainingNanos() {
        return Math.max(0, atNanos - ticker.nanos());
    }

    /** Whether nothing is left. */
    public boolean isExpired() {
        return remainingNanos() == 0;
    }

    /**
     * The earlier of this deadline and one {@code limit} from now: a share of the budget that can never outlive it.
     *
     * @throws IllegalArgumentException if the limit is negative
     */
    public Deadline atMost(Duration limit) {
        long limited = ticker.nanos() + Nanos.ofArgument("limit", limit);
        return limited - atNanos < 0 ? new Deadline(ticker, limited) : this;
    }

    /**
     * This deadline brought forward by {@code reserve}, so that the rest stays free for what must follow; already expired when there is
     * no more than that left.
     *
     * @throws IllegalArgumentException if the reserve is negative
     */
    public Deadline before(Duration reserve) {
        long now = ticker.nanos();
        long reserved = Nanos.ofArgument("reserve", reserve);
        // Never further back than now: deadlines brought forward again and again must not wrap around into the future.
        return new Deadline(ticker, atNanos - now <= reserved ? now : atNanos - reserved);
    }

    @Override
    public String toString() {
        return "Deadline[remaining=" + remaining() + "]";
    }
}
