package dev.chassis.messaging;

import dev.chassis.time.Deadline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way into a publisher: a window that bounds how much is without a confirm, and a queue for the thread that writes.
 *
 * <p>Thread-safe. All fields are guarded by {@code lock}.
 *
 * <ul>
 *   <li>I1: {@code count} and {@code bytes} are those of the messages accepted and not released, queued or sent.
 *   <li>I2: neither exceeds the window.
 *   <li>I3: once closed it accepts nothing, and its queue is empty.
 * </ul>
 */
final class Backlog {

    private final int maxCount;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition work = lock.newCondition();
    private final Condition empty = lock.newCondition();
    private Deque<Pending> queue = new ArrayDeque<>();
    private int count;
    private long bytes;
    private int waiting;
    private boolean writerWaits;
    private boolean closed;

    Backlog(int maxCount, long maxBytes) {
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
    }

    /**
     * Accepts a message, and waits for room and for the gate if it must.
     *
     * @param gate whether there is a connection that may be written to; asked under the lock
     * @return null if accepted, else why not
     */
    @Nullable
    String enter(Pending message, BooleanSupplier gate, long waitNanos) {
        lock.lock();
        try {
            if (!fits(message, gate) && !awaitRoom(message, gate, waitNanos)) {
                return closed ? "stopped" : gate.getAsBoolean() ? "the window is full" : "";
            }
            accept(message);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted while waiting";
        } finally {
            lock.unlock();
        }
    }

    /** Everything that is queued; waits until there is something. Empty if the channel is no longer usable, which is asked again when woken. */
    List<Pending> take(BooleanSupplier usable, BooleanSupplier gate) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (usable.getAsBoolean() && (queue.isEmpty() || !gate.getAsBoolean())) {
                writerWaits = true;
                work.await();
            }
            return usable.getAsBoolean() ? takeAll() : List.of();
        } finally {
            writerWaits = false;
            lock.unlock();
        }
    }

    /** Queues messages that were taken and not sent before all others; hands them back if closed. */
    List<Pending> putBack(List<Pending> unsent) {
        lock.lock();
        try {
            if (closed) {
                return unsent;
            }
            for (int i = unsent.size() - 1; i >= 0; i--) {
                queue.addFirst(unsent.get(i));
            }
            wakeWriter();
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    /** Makes room: these messages are decided. */
    void release(List<Pending> decided) {
        lock.lock();
        try {
            count -= decided.size();
            for (int i = 0; i < decided.size(); i++) {
                bytes -= decided.get(i).bytes();
            }
            // Not for every single confirm: waking a thread costs more than a message.
            if (waiting > 0 && count <= maxCount - maxCount / 4 && bytes <= maxBytes - maxBytes / 4) {
                room.signalAll();
            }
            if (count == 0) {
                empty.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes out what was accepted before this moment and not sent since. */
    List<Pending> expire(long acceptedBefore) {
        lock.lock();
        try {
            List<Pending> expired = new ArrayList<>();
            while (!queue.isEmpty() && queue.getFirst().acceptedAt - acceptedBefore <= 0) {
                expired.add(queue.removeFirst());
            }
            return expired;
        } finally {
            lock.unlock();
        }
    }

    /** Looks at the gate again. */
    void wake() {
        lock.lock();
        try {
            room.signalAll();
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Accepts nothing from now on; gives what was not taken. */
    List<Pending> close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
            work.signalAll();
            return takeAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is without an outcome; false if the deadline came first. */
    boolean awaitEmpty(Deadline deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (count > 0 && !deadline.isExpired()) {
                empty.awaitNanos(deadline.remainingNanos());
            }
            return count == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Messages without an outcome. */
    int count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitRoom(Pending message, BooleanSupplier gate, long waitNanos) throws InterruptedException {
        long left = waitNanos;
        waiting++;
        try {
            while (left > 0 && !closed && !fits(message, gate)) {
                left = room.awaitNanos(left);
            }
        } finally {
            waiting--;
        }
        return fits(message, gate);
    }

    private boolean fits(Pending message, BooleanSupplier gate) {
        return !closed && count < maxCount && bytes + message.bytes() <= maxBytes && gate.getAsBoolean();
    }

    private void accept(Pending message) {
        message.acceptedAt = System.nanoTime();
        count++; // I1
        bytes += message.bytes();
        queue.addLast(message);
        wakeWriter();
    }

    private void wakeWriter() {
        if (writerWaits) {
            writerWaits = false;
            work.signal();
        }
    }

    private List<Pending> takeAll() {
        List<Pending> all = new ArrayList<>(queue);
        queue.clear();
        return all;
    }
}
