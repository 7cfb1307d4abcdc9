package dev.chassis.time;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A random wait before the first attempt to connect, so that many tasks that start together do not all connect at once. Further attempts are
 * spread by whoever makes them. Used by the thread that starts a component, one at a time.
 */
public final class StartSpread {

    private boolean over;

    /**
     * Waits between zero and {@code longest} the first time, and never past the deadline; then never again.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void once(Duration longest, Deadline deadline) throws InterruptedException {
        if (!over) {
            over = true;
            long nanos = ThreadLocalRandom.current().nextLong(longest.toNanos() + 1);
            TimeUnit.NANOSECONDS.sleep(Math.min(nanos, deadline.remainingNanos()));
        }
    }
}
