package dev.chassis.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The end of an instance, on a thread of its own because Hazelcast's has no deadline. A member first hands its data over, which an
 * interrupt cuts short; then it closes everything as it would have anyway.
 *
 * <p>Thread-safe.
 */
final class Leaving {

    private static final Duration CLOSING = Duration.ofMillis(500);

    private final Thread thread;
    private final boolean handsOver;
    private boolean cutShort; // guarded by this

    /**
     * Begins to leave.
     *
     * @param handsOver whether there is data, and somebody to hand it to
     */
    Leaving(String pool, HazelcastInstance instance, boolean handsOver) {
        this.handsOver = handsOver;
        this.thread = new Thread(instance.getLifecycleService()::shutdown, pool + "-leave");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits for the end; shortly before the deadline the handing over is cut short.
     *
     * @throws IllegalStateException if it was cut short, or is not over by the deadline
     * @throws InterruptedException if the calling thread is interrupted
     */
    void await(Deadline deadline) throws InterruptedException {
        if (!joined(deadline.before(CLOSING))) {
            cut();
            if (!joined(deadline)) {
                throw new IllegalStateException("not closed by the deadline; it goes on closing");
            }
        }
        if (handsOver && wasCut()) {
            throw new IllegalStateException(
                    "left before its data was handed over; what has no backup elsewhere is lost (chassis.drain.close was too short)");
        }
    }

    private boolean joined(Deadline deadline) throws InterruptedException {
        TimeUnit.NANOSECONDS.timedJoin(thread, deadline.remainingNanos());
        return !thread.isAlive();
    }

    private synchronized void cut() {
        if (!cutShort) {
            cutShort = true;
            thread.interrupt();
        }
    }

    private synchronized boolean wasCut() {
        return cutShort;
    }
}
