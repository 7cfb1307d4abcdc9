package dev.chassis.example.propagation;

import dev.chassis.Background;
import dev.chassis.context.Correlation;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
    CALLED {
        @Override
        void run(Runnable work, Threads threads) {
            Correlation.wrap(threads.pool).submit(() -> {
                logged(work);
                return "done";
            });
        }
    },
    INVOKED_WITH_OTHERS {
        @Override
        void run(Runnable work, Threads threads) throws InterruptedException {
            Correlation.wrap(threads.pool).invokeAll(List.of(Executors.callable(() -> logged(work))));
        }
    },
    DELAYED {
        @Override
        void run(Runnable work, Threads threads) {
            Correlation.wrap(threads.scheduler).schedule(() -> logged(work), 1, TimeUnit.MILLISECONDS);
        }
    },
    DELAYED_CALL {
        @Override
        void run(Runnable work, Threads threads) {
            Correlation.wrap(threads.scheduler)
                    .schedule(Executors.callable(() -> logged(work)), 1, TimeUnit.MILLISECONDS);
        }
    },
    PERIODIC {
        @Override
        void run(Runnable work, Threads threads) {
            Correlation.wrap(threads.scheduler).scheduleAtFixedRate(work, 0, 1, TimeUnit.MILLISECONDS);
        }
    },
    PERIODIC_WITH_DELAY {
        @Override
        void run(Runnable work, Threads threads) {
            Correlation.wrap(threads.scheduler).scheduleWithFixedDelay(work, 0, 1, TimeUnit.MILLISECONDS);
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
    VIRTUAL_THREADS {
        @Override
        void run(Runnable work, Threads threads) {
            Correlation.wrap(threads.virtual()).execute(work);
        }
    },
    VIRTUAL_THREADS_SUBMITTED {
        @Override
        void run(Runnable work, Threads threads) {
            Correlation.wrap(threads.virtual()).submit(() -> logged(work));
        }
    },
    NEW_VIRTUAL_THREAD {
        @Override
        void run(Runnable work, Threads threads) {
            Correlation.threads(VirtualThreads.factory(Threads::told))
                    .newThread(work)
                    .start();
        }
    },
    FUTURE_ON_VIRTUAL_THREADS {
        @Override
        void run(Runnable work, Threads threads) {
            CompletableFuture.runAsync(work, Correlation.wrap((Executor) threads.virtual()))
                    .whenCompleteAsync(Carrier::log, Correlation.wrap((Executor) threads.virtual()));
        }
    },
    BACKGROUND {
        @Override
        void run(Runnable work, Threads threads) {
            threads.background.run("matrix", work::run);
        }
    };

    private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);

    /** The ways there are on this Java. */
    static List<Carrier> here() {
        return Stream.of(values())
                .filter(carrier -> VirtualThreads.exist() || !carrier.isVirtual())
                .toList();
    }

    boolean isVirtual() {
        return name().contains("VIRTUAL");
    }

    /** Runs the work some way, at once or later, under the correlation of now. */
    abstract void run(Runnable work, Threads threads) throws InterruptedException;

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
            thread.setUncaughtExceptionHandler(Threads::told);
            return thread;
        };
        final ExecutorService pool = Executors.newFixedThreadPool(2, factory);
        final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2, factory);
        final Background background;
        private final @Nullable ExecutorService virtual;

        Threads(Background background) {
            this.background = background;
            this.virtual = VirtualThreads.exist() ? VirtualThreads.executor(Threads::told) : null;
        }

        ExecutorService virtual() {
            return Objects.requireNonNull(virtual, "this Java has no virtual threads");
        }

        private static void told(Thread dying, Throwable failure) {
            LOG.error("uncaught", failure);
        }

        /** Runs something on each thread of the pools, under no correlation of ours; returns how often. */
        int onEach(Runnable task) throws Exception {
            int times = 0;
            for (ExecutorService executor :
                    virtual == null ? List.of(pool, scheduler) : List.of(pool, scheduler, virtual)) {
                for (var done : executor.invokeAll(Collections.nCopies(8, Executors.callable(task)))) {
                    done.get(30, TimeUnit.SECONDS);
                    times++;
                }
            }
            return times;
        }

        @Override
        public void close() {
            pool.shutdownNow();
            scheduler.shutdownNow();
            if (virtual != null) {
                virtual.shutdownNow();
            }
        }
    }
}
