package dev.chassis.testing;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls with a limit, for libraries that have none. Stateless. */
final class Bounded {

    private Bounded() {}

    /** Calls on a daemon thread; when the limit is over, the thread is interrupted and left alone. */
    static <T> T call(String what, Duration limit, Callable<T> call) throws Unavailable {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "dev-service");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new Unavailable(what + ": nothing within " + limit.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw Unavailable.because(what, Objects.requireNonNullElse(e.getCause(), e));
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new Unavailable(what + ": interrupted", e);
        }
    }
}
