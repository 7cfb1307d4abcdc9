package dev.chassis.logging;

import dev.chassis.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The lines on their way from those who log to the one thread that writes, bounded by weight.
 *
 * <p>What happens when it is full: lines below WARN wait for the writer, {@code PATIENCE} at most; once that was in vain they are dropped
 * at once until the writer gets on. WARN and ERROR may use a reserve; when that is full, too, each waits for {@code PATIENCE} and is dropped
 * then. Audit lines wait as long as it takes. Raw lines never wait: whoever publishes metrics would miss a step meanwhile, and with it
 * what was counted in it. They have a reserve of their own behind the other, and are dropped when that is full. An event loop never waits:
 * what would, is dropped there, and audit lines go beyond the bound. Every drop is counted by level.
 *
 * <p>Thread-safe. A plain monitor guards every field and is held for field access only; on JDK 21 to 23 a monitor, unlike a lock object,
 * cannot be handed to a virtual thread that has no carrier to run on. Invariants:
 *
 * <ul>
 *   <li>I1: {@code taken <= added}; {@code written <= taken}; the three only grow, and all count lines since the beginning.
 *   <li>I2: {@code lines} holds those from {@code taken} to {@code added}, oldest first: lines leave in the order they came.
 *   <li>I3: {@code weight} is at most {@code maxWeight}, with lines of WARN and above at most {@code maxWeight + reserve}, with raw lines at most
 *       {@code maxWeight + 2 * reserve}, unless a single line alone is heavier or an event loop audits. The batch the writer holds comes on top.
 *   <li>I4: only the writer calls {@link #take} and {@link #written}.
 *   <li>I5: {@code synchronous} makes a caller wait for its own line, for {@code WRITE_PATIENCE} at most.
 *   <li>I6: a line is added or counted in {@code dropped}, and nothing else becomes of it.
 * </ul>
 */
final class LineQueue {

    private static final long WRITE_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** How often the writer looks again by itself, so that nobody pays for waking it while lines keep coming. */
    private static final int LOOKS = 5;

    private static final int LOOK_MILLIS = 4;

    private final Object monitor = new Object();
    private final int maxWeight;
    private final int reserve;
    private final BooleanSupplier mustNotWait;

    private List<Line> lines = new ArrayList<>();
    private int weight;
    private long added;
    private long taken;
    private long written;
    private boolean synchronous;
    private boolean writerIdle;
    private boolean stalled;
    private final long[] dropped = new long[Severity.values().length];

    /**
     * An empty one.
     *
     * @param mustNotWait whether the calling thread is one that never waits
     */
    LineQueue(int maxWeight, int reserve, BooleanSupplier mustNotWait) {
        this.maxWeight = maxWeight;
        this.reserve = reserve;
        this.mustNotWait = mustNotWait;
    }

    /** Adds a line or counts it as dropped. Interruption loses no line; the flag is kept. */
    void add(Line line) {
        int size = line.weight();
        boolean interrupted = false;
        synchronized (monitor) {
            if (!hasRoom(line, size)) {
                interrupted = awaitRoom(line, size);
            }
            if (!hasRoom(line, size) && !line.audit()) {
                dropped[line.level().ordinal()]++;
            } else {
                interrupted |= put(line, size);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Holds the monitor; returns whether the thread was interrupted. */
    private boolean put(Line line, int size) {
        lines.add(line);
        weight += size;
        long mine = ++added;
        if (writerIdle || synchronous) {
            monitor.notifyAll();
        }
        return synchronous && !mustNotWait.getAsBoolean() && awaitWritten(mine, WRITE_PATIENCE_NANOS);
    }

    private boolean hasRoom(Line line, int size) {
        return weight == 0 || weight + (long) size <= limit(line);
    }

    private long limit(Line line) {
        if (line.raw()) {
            return maxWeight + 2L * reserve;
        }
        return line.audit() || !line.level().isExpendable() ? (long) maxWeight + reserve : maxWeight;
    }

    /** Holds the monitor; returns whether the thread was interrupted. */
    private boolean awaitRoom(Line line, int size) {
        if (line.raw() || mustNotWait.getAsBoolean() || stalled && line.level().isExpendable() && !line.audit()) {
            return false;
        }
        boolean interrupted = false;
        long start = System.nanoTime();
        long left = PATIENCE_NANOS;
        while (!hasRoom(line, size) && (left > 0 || line.audit())) {
            interrupted |= !pause(line.audit() ? 0 : millis(left));
            left = PATIENCE_NANOS - (System.nanoTime() - start);
        }
        stalled |= !hasRoom(line, size);
        return interrupted;
    }

    /**
     * Takes all lines, waiting until there is one or the time is over; {@code empty} becomes the list for the next. Called by the writer.
     */
    List<Line> take(List<Line> empty, long maxNanos) {
        synchronized (monitor) {
            awaitLines(maxNanos);
            List<Line> batch = lines;
            lines = empty;
            weight = 0;
            taken = added;
            stalled = false;
            monitor.notifyAll();
            return batch;
        }
    }

    /** Holds the monitor. Whoever interrupts the writer has nothing to tell it. */
    private void awaitLines(long maxNanos) {
        long start = System.nanoTime();
        for (int i = 0; i < LOOKS && lines.isEmpty(); i++) {
            pause(LOOK_MILLIS);
        }
        writerIdle = true;
        long left = maxNanos - (System.nanoTime() - start);
        while (lines.isEmpty() && left > 0) {
            pause(millis(left));
            left = maxNanos - (System.nanoTime() - start);
        }
        writerIdle = false;
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

    /** How many lines of a level were dropped. */
    long dropped(Severity level) {
        synchronized (monitor) {
            return dropped[level.ordinal()];
        }
    }

    /** The weight of the lines that wait. */
    int weight() {
        synchronized (monitor) {
            return weight;
        }
    }

    /** Holds the monitor; returns whether the thread was interrupted. */
    private boolean awaitWritten(long line, long limitNanos) {
        boolean interrupted = false;
        long start = System.nanoTime();
        long left = limitNanos;
        while (written < line && left > 0) {
            interrupted |= !pause(millis(left));
            left = limitNanos - (System.nanoTime() - start);
        }
        return interrupted;
    }

    private static long millis(long nanos) {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
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
