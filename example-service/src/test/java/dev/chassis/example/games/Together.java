package dev.chassis.example.games;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Does things at the same time. */
final class Together {

    private static final int LIMIT_SECONDS = 60;

    private Together() {}

    /** Does all of it at once, each on a thread of its own, and returns what each returned, in order. */
    static <T> List<T> all(int count, IntFunction<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            CountDownLatch ready = new CountDownLatch(count);
            List<Future<T>> begun = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                begun.add(threads.submit(afterAllAreReady(ready, () -> work.apply(number))));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : begun) {
                results.add(one.get(LIMIT_SECONDS, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> Callable<T> afterAllAreReady(CountDownLatch ready, Callable<T> work) {
        return () -> {
            ready.countDown();
            ready.await();
            return work.call();
        };
    }
}
