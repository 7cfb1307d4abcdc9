package dev.chassis.time;

/**
 * A source of elapsed time. Everything in the chassis that waits or measures asks a ticker, so that a test can turn time by hand.
 *
 * <p>Implementations are thread-safe.
 */
@FunctionalInterface
public interface Ticker {

    /**
     * Nanoseconds since an arbitrary but fixed origin. Only differences mean anything; the value may be negative and may overflow,
     * so compare with subtraction as {@link System#nanoTime()} says.
     */
    long nanos();

    /** The JVM's monotonic clock. */
    static Ticker system() {
        return System::nanoTime;
    }
}
