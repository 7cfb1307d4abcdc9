package dev.chassis;

import dev.chassis.context.Correlation;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.InFlight;
import dev.chassis.lifecycle.Workers;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The background executor of a service.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>I1: {@code inFlight} counts every task from acceptance to its end, so the drain awaits waiting and running ones alike.
 *   <li>I2: at most {@code maxConcurrent} runners exist; a runner leaves only when it saw the queue empty after giving up its place, so a
 *       task that was queued is always taken.
 *   <li>I3: after the drain began, only a task that is itself still counted may hand over another one.
 * </ul>
 */
final class TrackedBackground implements Component, Background {

    private static final Logger LOG = LoggerFactory.getLogger(TrackedBackground.class);

    private final BackgroundConfig config;
    private final InFlight inFlight = new InFlight(); // I1
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger runners = new AtomicInteger(); // I2
    private final ThreadLocal<Boolean> insideTask = ThreadLocal.withInitial(() -> false); // I3
    private volatile @Nullable Workers workers; // set by start
    private volatile @Nullable MeterRegistry meters; // set by bindTo

    TrackedBackground(BackgroundConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "background";
    }

    @Override
    public void start(Deadline deadline) {
        workers = Workers.create("background", config.maxConcurrent());
    }

    @Override
    public CompletionStage<Void> run(String name, Task task) {
        enter(name);
        CompletableFuture<Void> done = new CompletableFuture<>();
        waiting.add(Correlation.wrap(() -> perform(name, task, done)));
        if (claimRunner()) {
            startRunner();
        }
        return done.minimalCompletionStage();
    }

    @Override
    public CompletionStage<Void> drain() {
        return inFlight.close();
    }

    @Override
    public int inFlight() {
        return inFlight.count();
    }

    @Override
    public void stop(Deadline deadline) {
        inFlight.close();
        Workers current = workers;
        if (current != null) {
            current.shutdown(deadline);
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        meters = registry;
        Gauge.builder("chassis.background.in.flight", inFlight, InFlight::count)
                .description("Background tasks accepted and not over")
                .register(registry);
    }

    private void enter(String name) {
        if (insideTask.get()) {
            inFlight.enterNested(); // I3
        } else if (!inFlight.tryEnter()) {
            throw new RejectedExecutionException("background task " + name + ": the service is draining");
        }
        int limit = config.maxConcurrent() + config.maxWaiting();
        if (inFlight.count() > limit) {
            inFlight.exit();
            throw new RejectedExecutionException("background task " + name + ": " + limit
                    + " tasks are running or waiting already (chassis.background.max-concurrent + max-waiting)");
        }
        if (workers == null) {
            inFlight.exit();
            throw new RejectedExecutionException("background task " + name + ": the service has not started");
        }
    }

    private void perform(String name, Task task, CompletableFuture<Void> done) {
        long began = System.nanoTime();
        insideTask.set(true);
        Throwable failure = null;
        try {
            task.run();
        } catch (Throwable e) { // an Error must not leave the count too high
            failure = e;
            LOG.error("Background task {} failed", name, e);
        } finally {
            insideTask.remove();
            record(name, failure == null ? "success" : "failure", System.nanoTime() - began);
            complete(done, failure);
            inFlight.exit();
        }
    }

    private static void complete(CompletableFuture<Void> done, @Nullable Throwable failure) {
        if (failure == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(failure);
        }
    }

    private void record(String name, String outcome, long nanos) {
        MeterRegistry registry = meters;
        if (registry != null) {
            Timer.builder("chassis.background.tasks")
                    .description("Background tasks by name and outcome")
                    .tags("task", name, "outcome", outcome)
                    .register(registry)
                    .record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private boolean claimRunner() {
        int current;
        do {
            current = runners.get();
            if (current >= config.maxConcurrent()) {
                return false; // I2
            }
        } while (!runners.compareAndSet(current, current + 1));
        return true;
    }

    private void startRunner() {
        Workers current = workers;
        if (current != null) {
            current.execute(this::runWaiting);
        }
    }

    private void runWaiting() {
        do {
            for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
                task.run();
            }
            runners.decrementAndGet();
        } while (!waiting.isEmpty() && claimRunner()); // I2
    }
}
