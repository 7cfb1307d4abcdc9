package dev.chassis.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleService;
import dev.chassis.time.Deadline;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The making of an instance, which Hazelcast has no limit and no way to cancel for.
 *
 * <p>I1: {@code made} is completed once. Whoever comes too late, the thread that made an instance or the one that gave up on it, sees that
 * and, in the case of the former, ends the instance: so there is never one that nobody holds. Thread-safe.
 */
final class Connecting {

    private static final long NUDGE_MILLIS = 50;
    private static final long GIVE_UP_MILLIS = 2_000;

    private final CompletableFuture<HazelcastInstance> made = new CompletableFuture<>();
    private final Callable<HazelcastInstance> making;
    private final Thread thread;

    Connecting(String pool, Callable<HazelcastInstance> making) {
        this.making = making;
        this.thread = new Thread(this::make, pool + "-connect");
        thread.setDaemon(true);
    }

    /**
     * Waits for the instance.
     *
     * @throws TimeoutException if there is none by the deadline
     * @throws ExecutionException if making it failed, or {@link #fail} was called
     * @throws InterruptedException if the thread is interrupted; like after a time-out, the making has been ended
     */
    HazelcastInstance await(Deadline deadline) throws ExecutionException, TimeoutException, InterruptedException {
        thread.start();
        try {
            return made.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | InterruptedException e) {
            fail(e);
            throw e;
        } finally {
            if (made.isCompletedExceptionally()) {
                end();
            }
        }
    }

    /** Makes {@link #await} fail with this cause, unless it is over. Returns at once. */
    void fail(Throwable cause) {
        made.completeExceptionally(cause);
    }

    private void make() {
        try {
            HazelcastInstance instance = making.call();
            if (!made.complete(instance)) {
                terminate(instance.getLifecycleService());
            }
        } catch (Throwable e) {
            made.completeExceptionally(e);
        }
    }

    // The flag may still be set from a nudge, and would make the end of the instance less thorough.
    private static void terminate(LifecycleService lifecycle) {
        boolean ignored = Thread.interrupted();
        lifecycle.terminate();
    }

    // More than once: Hazelcast swallows an interrupt in one place and heeds it in the next.
    private void end() {
        long giveUp = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GIVE_UP_MILLIS);
        boolean interrupted = Thread.interrupted();
        while (thread.isAlive() && System.nanoTime() - giveUp < 0) {
            thread.interrupt();
            try {
                thread.join(NUDGE_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
