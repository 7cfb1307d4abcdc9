package dev.chassis.context;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A future that is completed under a correlation. What completes it runs its dependents, and theirs, before it returns; those that are
 * asynchronous get the correlation from the executor. Thread-safe.
 */
final class CorrelatedFuture<T> extends CompletableFuture<T> {

    private final @Nullable Correlation correlation;

    private CorrelatedFuture(@Nullable Correlation correlation) {
        this.correlation = correlation;
    }

    static <T> CompletableFuture<T> of(CompletionStage<T> stage, @Nullable Correlation correlation) {
        CorrelatedFuture<T> future = new CorrelatedFuture<>(correlation);
        stage.whenComplete(future::finish);
        return future;
    }

    private void finish(@Nullable T value, @Nullable Throwable failure) {
        try (Correlation.Scope scope = correlation == null ? () -> {} : correlation.open()) {
            if (failure == null) {
                complete(value);
            } else {
                completeExceptionally(failure);
            }
        }
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CorrelatedFuture<>(correlation);
    }

    @Override
    public Executor defaultExecutor() {
        Executor executor = super.defaultExecutor();
        return task -> executor.execute(() -> {
            try (Correlation.Scope scope = correlation == null ? () -> {} : correlation.open()) {
                task.run();
            }
        });
    }
}
