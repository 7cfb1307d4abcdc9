package dev.chassis.logging;

import dev.chassis.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The lines on their way from those who log to the one thread that writes, bounded by weight.
 *
 * <p>Thread-safe. A plain monitor guards every field and is held for field access only; on JDK 21 to 23 a monitor, unlike a lock object,
 * cannot be handed to a virtual thread that has no carrier to run on. Invariants:
 *
 * <ul>
 *   <li>I1: {@code taken <= added}; {@code written <= taken}; the three only grow, and all count lines since the beginning.
 *   <li>I2: {@code lines} holds those from {@code taken} to {@code added}, oldest first: lines leave in the order they came.
 *   <li>I3: {@code weight} is at most {@code maxWeight}, unless a single line alone is heavier. The batch the writer holds comes on top.
 *   <li>I4: only the writer calls {@link #take} and {@link #written}.
 *   <li>I5: {@code synchronous} makes a caller wait for its own line, for {@code PATIENCE_NANOS} at most.
 * </ul>
 */
final class LineQueue {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Object monitor = new Object();
    private final int maxWeight;

    private List<Line> lines = new ArrayList<>();
    private int weight;
    private long added;
    private long taken;
    private long written;
    private boolean synchronous;
    private boolean writerIdle;

    LineQueue(int maxWeight) {
        this.maxWeight = maxWeight;
    }

    /** Adds a line; waits while the queue is full. Interruption does not lose the line; the flag is kept. */
    void add(Line line) {
        int size = line.weight();
        boolean interrupted = false;
        synchronized (monitor) {
            while (weight > 0 && weight + (long) size > maxWeight) {
                interrupted |= !pause(0);
            }
            lines.add(line);
            weight += size;
            long mine = ++added;
            if (writerIdle) {
                monitor.notifyAll();
            }
            if (synchronous) {
                interrupted |= awaitWritten(mine, PATIENCE_NANOS);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes all lines, waiting until there is one; {@code empty} becomes the list for the next. Called by the writer. */
    List<Line> take(List<Line> empty) {
        synchronized (monitor) {
            while (lines.isEmpty()) {
                writerIdle = true;
                pause(0); // whoever interrupts the writer has nothing to tell it
            }
            writerIdle = false;
            List<Line> batch = lines;
            lines = empty;
            weight = 0;
            taken = added;
            monitor.notifyAll();
            return batch;
        }
    }

    /** All lines taken have been handed to the stream. Called by the writer. */
    void written() {
        synchronized (monitor) {
            written = taken;
            monitor.notifyAll();
        }
    }

    /** Waits until everything added before this call is written, or the deadline has passed. Interruption does not end it. */
    void awaitWritten(Deadline deadline) {
        boolean interrupted;
        synchronized (monitor) {
            interrupted = awaitWritten(added, deadline.remainingNanos());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether those who log from now on wait for their own line. */
    void synchronous(boolean on) {
        synchronized (monitor) {
            synchronous = on;
        }
    }

    /** Holds the monitor; returns whether the thread was interrupted. */
    private boolean awaitWritten(long line, long limitNanos) {
        boolean interrupted = false;
        long start = System.nanoTime();
        long left = limitNanos;
        while (written < line && left > 0) {
            interrupted |= !pause(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            left = limitNanos - (System.nanoTime() - start);
        }
        return interrupted;
    }

    /** Holds the monitor; returns false when interrupted, having cleared the flag. 0 means until notified. */
    private boolean pause(long millis) {
        try {
            monitor.wait(millis);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
