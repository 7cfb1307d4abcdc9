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
     * A deadline {@code budget} from now on the given ticker.
     *
     * @throws IllegalArgumentException if the budget is negative
     */
    public static Deadline after(Duration budget, Ticker ticker) {
        Objects.requireNonNull(ticker, "ticker");
        if (budget.isNegative()) {
            throw new IllegalArgumentException("budget: " + budget + " (expected: zero or more)");
        }
        return new Deadline(ticker, ticker.nanos() + budget.toNanos());
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

    /** The earlier of this deadline and one {@code limit} from now: a share of the budget that can never outlive it. */
    public Deadline atMost(Duration limit) {
        return limit.compareTo(remaining()) < 0 ? after(limit, ticker) : this;
    }

    /** This deadline brought forward by {@code reserve}, so that the rest stays free for what must follow. */
    public Deadline before(Duration reserve) {
        return new Deadline(ticker, atNanos - reserve.toNanos());
    }

    @Override
    public String toString() {
        return "Deadline[remaining=" + remaining() + "]";
    }
}
