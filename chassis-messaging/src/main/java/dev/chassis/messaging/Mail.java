package dev.chassis.messaging;

import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the settler is asked to do, in the order it was asked, and what it is to do later. {@link #put} may be called by anyone; all else
 * belongs to the settler.
 */
final class Mail {

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final PriorityQueue<Timed> timed = new PriorityQueue<>();

    /** Never blocks. */
    void put(Runnable task) {
        tasks.add(task);
    }

    void later(long delayNanos, Runnable task) {
        timed.add(new Timed(System.nanoTime() + delayNanos, task));
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** The next task that is due; waits for one at most this long, then returns null. */
    @Nullable
    Runnable next(long patienceNanos) throws InterruptedException {
        Timed first = timed.peek();
        long left = first == null ? Long.MAX_VALUE : first.atNanos - System.nanoTime();
        if (left <= 0) {
            return timed.remove().task;
        }
        return tasks.poll(Math.max(0, Math.min(left, patienceNanos)), TimeUnit.NANOSECONDS);
    }

    private record Timed(long atNanos, Runnable task) implements Comparable<Timed> {

        @Override
        public int compareTo(Timed other) {
            return Long.signum(atNanos - other.atNanos);
        }
    }
}
