package dev.chassis.context;

import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries the correlation of whoever schedules a task to every run of it. Thread-safe as the executor it stands before. */
final class CorrelatedScheduler extends CorrelatedExecutor implements ScheduledExecutorService {

    private static final Logger LOG = LoggerFactory.getLogger(CorrelatedScheduler.class);

    private final ScheduledExecutorService executor;

    CorrelatedScheduler(ScheduledExecutorService executor) {
        super(executor);
        this.executor = executor;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return executor.schedule(Correlation.wrap(task), delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return executor.schedule(Correlation.wrap(task), delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return executor.scheduleAtFixedRate(periodic(task), initialDelay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
        return executor.scheduleWithFixedDelay(periodic(task), initialDelay, delay, unit);
    }

    private static Runnable periodic(Runnable task) {
        Correlation captured = Correlation.current();
        return () -> run(task, captured == null ? Correlation.mint() : captured);
    }

    /** An executor keeps silent about a periodic task that has thrown, and never runs it again. */
    private static void run(Runnable task, Correlation correlation) {
        try (Correlation.Scope scope = correlation.open()) {
            try {
                task.run();
            } catch (Throwable failure) {
                LOG.error("A periodic task failed and will not run again", failure);
                throw failure;
            }
        }
    }
}
