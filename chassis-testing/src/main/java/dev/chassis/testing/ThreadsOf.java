package dev.chassis.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/**
 * Finds the threads a piece of work has started: it runs in a thread group of its own, which threads inherit. So tests that run at the
 * same time do not see each other's.
 */
final class ThreadsOf {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private ThreadsOf() {}

    /** Fails if the work leaves a non-daemon thread that does not end by itself soon. */
    static void assertNoneLeftBy(Runnable work) {
        ThreadGroup group = new ThreadGroup("on-trial");
        FutureTask<Void> task = new FutureTask<>(work, null);
        new Thread(group, task, "trial").start();
        join(task);
        await("threads left behind").atMost(LIMIT).until(() -> keepingAlive(group), List::isEmpty);
    }

    private static List<String> keepingAlive(ThreadGroup group) {
        Thread[] threads = new Thread[group.activeCount() + 16];
        int count = group.enumerate(threads);
        return Stream.of(threads)
                .limit(count)
                .filter(thread -> !thread.isDaemon())
                .map(Thread::getName)
                .toList();
    }

    private static void join(FutureTask<Void> task) {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
