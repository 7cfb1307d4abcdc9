package dev.chassis.client;

import dev.chassis.time.Backoff;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One call with its attempts, one after the other. An attempt begins only when the one before is over, so that {@code attempt} belongs to
 * whoever ends it; {@code done} completes once.
 */
final class Call<T> {

    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");
    private static final Set<Integer> WORTH_ANOTHER = Set.of(502, 503, 504);

    private final HttpClient http;
    private final HttpRequest request;
    private final HttpResponse.BodyHandler<T> handler;
    private final ServiceClientConfig config;
    private final BooleanSupplier draining;
    private final ClientMeters meters;
    private final CompletableFuture<HttpResponse<T>> done;
    private final Backoff backoff;
    private final long began = System.nanoTime();
    private int attempt;

    Call(
            HttpClient http,
            HttpRequest request,
            HttpResponse.BodyHandler<T> handler,
            ServiceClientConfig config,
            BooleanSupplier draining,
            ClientMeters meters,
            CompletableFuture<HttpResponse<T>> done) {
        this.http = http;
        this.request = request;
        this.handler = handler;
        this.config = config;
        this.draining = draining;
        this.meters = meters;
        this.done = done;
        this.backoff = new Backoff(config.backoff(), max(config.backoff(), config.backoffCap()));
    }

    void begin() {
        attempt++;
        long from = System.nanoTime();
        try {
            http.sendAsync(request, handler).whenComplete((answer, failure) -> {
                meters.record(request.method(), answer == null ? 0 : answer.statusCode(), System.nanoTime() - from);
                ended(answer, failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
            });
        } catch (RuntimeException | Error refused) { // a bad request: no attempt would go better
            done.completeExceptionally(refused);
        }
    }

    private void ended(@Nullable HttpResponse<T> answer, @Nullable Throwable failure) {
        if (mayRepeat(answer, failure)) {
            Duration delay = backoff.delay(attempt - 1, ThreadLocalRandom.current());
            if (System.nanoTime() - began + delay.toNanos()
                    < config.totalTimeout().toNanos()) {
                CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS)
                        .execute(() -> again(answer, failure));
                return;
            }
        }
        finish(answer, failure);
    }

    /** After the wait, which the drain has ended in the meantime, perhaps. */
    private void again(@Nullable HttpResponse<T> answer, @Nullable Throwable failure) {
        if (draining.getAsBoolean()) {
            finish(answer, failure);
        } else {
            begin();
        }
    }

    private boolean mayRepeat(@Nullable HttpResponse<T> answer, @Nullable Throwable failure) {
        boolean worth = answer == null ? failure instanceof IOException : WORTH_ANOTHER.contains(answer.statusCode());
        return worth
                && attempt <= config.retries()
                && IDEMPOTENT.contains(request.method())
                && !draining.getAsBoolean();
    }

    private void finish(@Nullable HttpResponse<T> answer, @Nullable Throwable failure) {
        if (answer != null) {
            done.complete(answer);
        } else {
            done.completeExceptionally(failure == null ? new IOException("no answer") : failure);
        }
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
