package dev.chassis.lifecycle;

import dev.chassis.time.Deadline;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads for code that may block, named {@code <name>-0}, {@code <name>-1} and so on. From Java 24 they are virtual, one per task:
 * before that a virtual thread in a {@code synchronized} block holds on to its carrier (JEP 491), so there they are platform threads, kept
 * for a minute when idle.
 *
 * <p>Thread-safe. It bounds threads, not work: how many tasks may wait is decided by whoever hands them over.
 */
public final class Workers implements Executor {

    private static final int FIRST_WITHOUT_PINNING = 24;
    private static final int IDLE_SECONDS = 60;

    private final String name;
    private final ExecutorService threads;
    private final boolean virtual;
    private final AtomicLong started = new AtomicLong(); // of virtual threads

    private Workers(String name, ExecutorService threads, boolean virtual) {
        this.name = name;
        this.threads = threads;
        this.virtual = virtual;
    }

    /**
     * Workers of this name; threads begin with the first tasks.
     *
     * @param maxThreads the most platform threads there are at once; further tasks wait. Virtual threads are not limited
     * @throws IllegalArgumentException if {@code maxThreads} is not positive
     */
    public static Workers create(String name, int maxThreads) {
        if (maxThreads < 1) {
            throw new IllegalArgumentException("maxThreads: " + maxThreads + " (expected: 1 or more)");
        }
        boolean virtual = Runtime.version().feature() >= FIRST_WITHOUT_PINNING;
        return new Workers(name, virtual ? virtualThreads() : platformThreads(name, maxThreads), virtual);
    }

    /** Whether the threads are virtual. */
    public boolean isVirtual() {
        return virtual;
    }

    /**
     * Hands over a task. It runs under no correlation; see {@link dev.chassis.context.Correlation#wrap(Executor)}.
     *
     * @throws RejectedExecutionException after {@link #shutdown}
     */
    @Override
    public void execute(Runnable task) {
        threads.execute(virtual ? named(task) : task);
    }

    /**
     * A virtual thread has one task only, so the task gives it its name: a factory that does is made with four calls by reflection, each of which
     * spins classes that a start would wait for.
     */
    private Runnable named(Runnable task) {
        return () -> {
            Thread.currentThread().setName(name + '-' + started.getAndIncrement());
            task.run();
        };
    }

    /**
     * Accepts nothing more, interrupts what still runs and waits for it until the deadline. Tasks that have not begun never do. Idempotent.
     *
     * @return whether every task is over
     */
    public boolean shutdown(Deadline deadline) {
        threads.shutdownNow();
        try {
            return threads.awaitTermination(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return threads.isTerminated();
        }
    }

    /** By reflection, because the baseline is Java 17. */
    private static ExecutorService virtualThreads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (InvocationTargetException | NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalStateException("virtual threads, which this Java has, could not be created", e);
        }
    }

    private static ExecutorService platformThreads(String name, int maxThreads) {
        AtomicLong number = new AtomicLong();
        ThreadFactory factory = task -> {
            Thread thread = new Thread(task, name + "-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
        HandOff queue = new HandOff();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(0, maxThreads, IDLE_SECONDS, TimeUnit.SECONDS, queue, factory);
        pool.setRejectedExecutionHandler((task, full) -> queue.keep(task, full));
        return pool;
    }

    /**
     * A pool prefers its queue to a new thread; this queue refuses a task unless an idle thread takes it at once, so that threads grow
     * first, and keeps it only when there can be no more threads.
     */
    private static final class HandOff extends LinkedTransferQueue<Runnable> {

        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }

        void keep(Runnable task, ThreadPoolExecutor pool) {
            if (pool.isShutdown()) {
                throw new RejectedExecutionException("the workers are shut down");
            }
            put(task);
            if (pool.isShutdown() && remove(task)) {
                throw new RejectedExecutionException("the workers are shut down");
            }
        }
    }
}
