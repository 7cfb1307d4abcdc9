package dev.chassis.redis;

import dev.chassis.time.Deadline;
import io.lettuce.core.RedisException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what Lettuce has under way. */
final class Waiting {

    private Waiting() {}

    /** Waits as long as it takes: a connect has its own time-outs. */
    static <T> T join(CompletionStage<T> stage, String what) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new RedisException(what + " failed: " + Failures.reason(e), e.getCause());
        }
    }

    /**
     * Waits until the deadline.
     *
     * @throws RuntimeException a transient failure where another attempt makes sense
     */
    static <T> T get(CompletionStage<T> stage, Deadline deadline, String what) throws InterruptedException {
        try {
            return stage.toCompletableFuture().get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw Failures.of(what, Failures.unwrap(e));
        } catch (TimeoutException e) {
            throw Failures.of(what, new TimeoutException("the deadline has passed"));
        }
    }
}
