package dev.chassis.messaging;

import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the settler is asked to do, in the order it was asked, and what it is to do later. {@link #put} and {@link #putCalmly} may be called by
 * anyone; all else belongs to the settler.
 *
 * <p>Waking a thread costs more than what it does with one acknowledgement. So what can wait a little is put calmly: nobody is woken for it
 * who has said that he will look by himself.
 *
 * <ul>
 *   <li>I1: while {@code calm} is not empty the settler is {@code attentive}, which means that it looks soon, or a task is on its way to wake
 *       it, or it is awake and has not looked since: who puts adds and then reads {@code attentive}, the settler writes it and then looks.
 * </ul>
 */
final class Mail {

    private static final Runnable WAKE = () -> {};

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final PriorityQueue<Timed> timed = new PriorityQueue<>();
    private final Queue<Runnable> calm = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calmSize = new AtomicInteger();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final int enough;
    private volatile boolean attentive;

    /** @param enough how many calm tasks are worth waking the settler for */
    Mail(int enough) {
        this.enough = enough;
    }

    /** Never blocks. */
    void put(Runnable task) {
        tasks.add(task);
    }

    /** The same for what can wait until the settler looks. */
    void putCalmly(Runnable task) {
        calm.add(task);
        if ((calmSize.incrementAndGet() >= enough || !attentive) && woken.compareAndSet(false, true)) {
            tasks.add(WAKE);
        }
    }

    /** The next calm task; null if there is none. */
    @Nullable
    Runnable nextCalm() {
        if (woken.get()) {
            woken.set(false);
        }
        Runnable task = calm.poll();
        if (task != null) {
            calmSize.decrementAndGet();
        }
        return task;
    }

    boolean hasCalm() {
        return !calm.isEmpty();
    }

    /** Says whether the settler looks at the calm tasks soon, without being woken. False if there are some that nobody has woken it for. */
    boolean attend(boolean soon) {
        attentive = soon;
        return soon || calm.isEmpty(); // I1
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
