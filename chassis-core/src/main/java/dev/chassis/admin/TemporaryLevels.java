package dev.chassis.admin;

import dev.chassis.lifecycle.LogControl;
import dev.chassis.time.Deadline;
import dev.chassis.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Log levels that go back by themselves. Its daemon thread {@code admin-levels} begins with the first change: most services never make
 * one.
 *
 * <p>Thread-safe.
 *
 * <ul>
 *   <li>I1: {@code overrides} belongs to the thread {@code admin-levels}; it alone sets levels, so two changes cannot overtake each other.
 *   <li>I2: {@code shown} is a copy, replaced by that thread after each change and read by anyone.
 *   <li>I3: after {@link #stop} every level is what it was: the closing task is the last one that may change a level.
 * </ul>
 */
final class TemporaryLevels {

    private final LevelOverrides overrides; // I1
    private volatile List<LevelOverride> shown = List.of(); // I2
    private @Nullable ScheduledThreadPoolExecutor timer; // guarded by this
    private boolean stopped; // guarded by this

    TemporaryLevels(LogControl control, Ticker ticker) {
        this.overrides = new LevelOverrides(control, ticker);
    }

    /**
     * Sets a level for a while. It is in force on return.
     *
     * @throws IllegalArgumentException if there is no such level
     * @throws IllegalStateException if stopped
     * @throws RejectedExecutionException if stopped meanwhile
     */
    LevelOverride set(String logger, String level, Duration time) throws InterruptedException {
        ScheduledThreadPoolExecutor thread = timer();
        LevelOverride override = call(thread, () -> overrides.set(logger, level, time));
        thread.schedule(this::revertDue, time.toNanos(), TimeUnit.NANOSECONDS);
        return override;
    }

    /** Takes a level back now. Returns whether there was one to take back. Throws as {@link #set} does. */
    boolean revert(String logger) throws InterruptedException {
        return !shown.isEmpty() && call(timer(), () -> overrides.revert(logger));
    }

    /** The levels that are set for a while. */
    List<LevelOverride> all() {
        return shown;
    }

    /** Takes every level back and ends the thread, within the deadline. Idempotent. */
    void stop(Deadline deadline) {
        ScheduledThreadPoolExecutor thread;
        synchronized (this) {
            thread = stopped ? null : timer;
            stopped = true;
        }
        if (thread != null) {
            close(thread, deadline);
        }
    }

    private void close(ScheduledThreadPoolExecutor thread, Deadline deadline) {
        Future<?> closing = thread.submit(published(overrides::close)); // I3
        try {
            closing.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("log levels could not be set back", e);
        } finally {
            thread.shutdown(); // cancels what came after the closing, so that nobody waits for it
        }
    }

    private void revertDue() {
        published(overrides::revertDue).run();
    }

    private Runnable published(Runnable change) {
        return () -> {
            change.run();
            shown = overrides.all(); // I2
        };
    }

    private <T> T call(ScheduledThreadPoolExecutor thread, Callable<T> change) throws InterruptedException {
        Future<T> result = thread.submit(() -> {
            T value = change.call();
            shown = overrides.all(); // I2
            return value;
        });
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private synchronized ScheduledThreadPoolExecutor timer() {
        if (stopped) {
            throw new IllegalStateException("the service is stopping");
        }
        if (timer == null) {
            timer = new ScheduledThreadPoolExecutor(1, TemporaryLevels::thread);
            timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        }
        return timer;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "admin-levels");
        thread.setDaemon(true);
        return thread;
    }
}
