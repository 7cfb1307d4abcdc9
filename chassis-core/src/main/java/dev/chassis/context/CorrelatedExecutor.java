package dev.chassis.context;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Carries the correlation of whoever hands over a task to the thread that runs it. Thread-safe as the executor it stands before. */
class CorrelatedExecutor extends AbstractExecutorService {

    private final ExecutorService executor;

    CorrelatedExecutor(ExecutorService executor) {
        this.executor = executor;
    }

    /**
     * The task under the current correlation. What it throws is told to the thread's own handler before the correlation goes: a worker that
     * dies of it would tell it afterwards.
     */
    static Runnable guarded(Runnable task) {
        Correlation captured = Correlation.current();
        return captured == null ? task : () -> run(task, captured);
    }

    private static void run(Runnable task, Correlation correlation) {
        try (Correlation.Scope scope = correlation.open()) {
            try {
                task.run();
            } catch (Throwable uncaught) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, uncaught);
            }
        }
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(guarded(task));
    }

    @Override
    public void shutdown() {
        executor.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return executor.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return executor.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return executor.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return executor.awaitTermination(timeout, unit);
    }
}
