package dev.chassis.example.propagation;

import dev.chassis.Background;
import dev.chassis.context.Correlation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ways in which work goes on, on whatever thread. Each runs work that throws, and somebody logs that. */
enum Carrier {
    DIRECT {
        @Override
        void run(Runnable work, Threads threads) {
            work.run();
        }
    },
    EXECUTOR {
        @Override
        void run(Runnable work, Threads threads) {
            Correlation.wrap((Executor) threads.pool).execute(work);
        }
    },
    EXECUTOR_SERVICE {
        @Override
        void run(Runnable work, Threads threads) {
            Correlation.wrap(threads.pool).execute(work);
        }
    },
    SUBMITTED {
        @Override
        void run(Runnable work, Threads threads) {
            Correlation.wrap(threads.pool).submit(() -> logged(work));
        }
    },
    WRAPPED_TASK {
        @Override
        void run(Runnable work, Threads threads) {
            threads.pool.execute(Correlation.wrap((Runnable) () -> logged(work)));
        }
    },
    DELAYED {
        @Override
        void run(Runnable work, Threads threads) {
            Correlation.wrap(threads.scheduler).schedule(() -> logged(work), 1, TimeUnit.MILLISECONDS);
        }
    },
    PERIODIC {
        @Override
        void run(Runnable work, Threads threads) {
            Correlation.wrap(threads.scheduler).scheduleAtFixedRate(work, 0, 1, TimeUnit.MILLISECONDS);
        }
    },
    FUTURE_ASYNC {
        @Override
        void run(Runnable work, Threads threads) {
            CompletableFuture.runAsync(work, Correlation.wrap((Executor) threads.pool))
                    .whenCompleteAsync(Carrier::log, Correlation.wrap((Executor) threads.pool));
        }
    },
    FUTURE_COMPLETED_ELSEWHERE {
        @Override
        void run(Runnable work, Threads threads) {
            CompletableFuture<Void> elsewhere = new CompletableFuture<>();
            Correlation.wrap(elsewhere).thenRun(work).whenComplete(Carrier::log);
            threads.pool.execute(() -> elsewhere.complete(null));
        }
    },
    FUTURE_ON_ITS_OWN_EXECUTOR {
        @Override
        void run(Runnable work, Threads threads) {
            CompletableFuture<Void> elsewhere = new CompletableFuture<>();
            Correlation.wrap(elsewhere).thenRunAsync(work).whenCompleteAsync(Carrier::log);
            threads.pool.execute(() -> elsewhere.complete(null));
        }
    },
    COMMON_POOL {
        @Override
        void run(Runnable work, Threads threads) {
            Correlation.wrap((Executor) ForkJoinPool.commonPool()).execute(() -> logged(work));
        }
    },
    NEW_THREAD {
        @Override
        void run(Runnable work, Threads threads) {
            Correlation.threads(threads.factory).newThread(work).start();
        }
    },
    VIRTUAL_THREAD {
        @Override
        void run(Runnable work, Threads threads) {
            Correlation.wrap(threads.virtual).execute(() -> logged(work));
        }
    },
    BACKGROUND {
        @Override
        void run(Runnable work, Threads threads) {
            threads.background.run("matrix", work::run);
        }
    };

    private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);

    /** Runs the work some way, at once or later, under the correlation of now. */
    abstract void run(Runnable work, Threads threads);

    private static void logged(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("failed", e);
        }
    }

    private static void log(Object nothing, Throwable failure) {
        if (failure != null) {
            LOG.error("failed", failure);
        }
    }

    /** What they run on. */
    static final class Threads implements AutoCloseable {

        final ThreadFactory factory = task -> {
            Thread thread = new Thread(task);
            thread.setUncaughtExceptionHandler((dying, failure) -> LOG.error("uncaught", failure));
            return thread;
        };
        final ExecutorService pool = Executors.newFixedThreadPool(2, factory);
        final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2, factory);
        final ExecutorService virtual = virtualThreads();
        final Background background;

        Threads(Background background) {
            this.background = background;
        }

        /** Virtual where this Java has them. */
        private static ExecutorService virtualThreads() {
            try {
                return (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null);
            } catch (ReflectiveOperationException e) {
                return Executors.newCachedThreadPool();
            }
        }

        /** Runs something on each thread of the pools, under no correlation of ours. */
        void onEach(Runnable task) throws Exception {
            for (ExecutorService executor : List.of(pool, scheduler, virtual)) {
                List<java.util.concurrent.Callable<Object>> tasks = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    tasks.add(Executors.callable(task));
                }
                for (var done : executor.invokeAll(tasks)) {
                    done.get(30, TimeUnit.SECONDS);
                }
            }
        }

        @Override
        public void close() {
            pool.shutdownNow();
            scheduler.shutdownNow();
            virtual.shutdownNow();
        }
    }
}
