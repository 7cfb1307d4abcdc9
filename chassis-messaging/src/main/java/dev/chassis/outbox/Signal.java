package dev.chassis.outbox;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the relay's thread waits for when there is nothing to do: a word that there may be, the word to end, or time. Thread-safe; the fields
 * belong to {@code lock}.
 */
final class Signal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean woken;
    private volatile boolean ended; // volatile: asked before each send

    /** There may be something to do. Many wakes are one. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** No pause from now on. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isEnded() {
        return ended;
    }

    /** Waits until woken or ended, for so long at most. Returns whether woken. */
    boolean await(long nanos) throws InterruptedException {
        return await(nanos, true);
    }

    /** Waits until ended, for so long at most; being woken is kept for later. */
    void pause(long nanos) throws InterruptedException {
        await(nanos, false);
    }

    private boolean await(long nanos, boolean wakes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (left > 0 && !ended && !(wakes && woken)) {
                left = changed.awaitNanos(left);
            }
            boolean was = woken;
            woken = was && !wakes;
            return was;
        } finally {
            lock.unlock();
        }
    }
}
