package dev.chassis.client;

import dev.chassis.context.Correlation;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.InFlight;
import dev.chassis.lifecycle.Stage;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;

/**
 * Calls another service over HTTP by the client of the JDK.
 *
 * <pre>{@code
 * var prices = service.add(ServiceClient.of("prices", config));
 * HttpResponse<String> answer = prices.call(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
 * }</pre>
 *
 * <ul>
 *   <li>Every attempt carries {@code traceparent} (W3C Trace Context) and {@code x-correlation-id} of the current correlation, unless the
 *       request has them; what depends on the answer runs under that correlation.
 *   <li>Only idempotent methods (RFC 9110, section 9.2.2) are tried again: after an exception other than a time-out of the whole call, and
 *       after 502, 503 and 504; with full jitter, within the total time-out.
 *   <li>It drains in the stage EGRESS, after those who call it: calls in flight are finished, not tried again, and new ones refused.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class ServiceClient implements Component {

    private final String name;
    private final ServiceClientConfig config;
    private final HttpClient http;
    private final InFlight inFlight = new InFlight();
    private final ClientMeters meters;

    private ServiceClient(String name, ServiceClientConfig config) {
        this.name = name;
        this.config = config;
        this.meters = new ClientMeters(name);
        this.http = HttpClient.newBuilder()
                .connectTimeout(config.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** A client for calls to one service; {@code name} is its name in meters and messages. */
    public static ServiceClient of(String name, ServiceClientConfig config) {
        return new ServiceClient(name, config);
    }

    @Override
    public String name() {
        return "client-" + name;
    }

    @Override
    public Stage stage() {
        return Stage.EGRESS;
    }

    @Override
    public void start(Deadline deadline) {}

    /**
     * Sends the request; the stage completes with the answer, whatever its status, or with the last attempt's failure.
     *
     * @throws RejectedExecutionException when the drain has begun
     */
    public <T> CompletionStage<HttpResponse<T>> send(HttpRequest request, BodyHandler<T> handler) {
        if (!inFlight.tryEnter()) {
            throw new RejectedExecutionException("call to " + name + ": the service is draining");
        }
        CompletableFuture<HttpResponse<T>> done = new CompletableFuture<>();
        done.whenComplete((answer, failure) -> inFlight.exit());
        CompletionStage<HttpResponse<T>> correlated = Correlation.wrap(done);
        new Call<>(http, Headers.carrying(request, config), handler, config, this::isDraining, meters, done).begin();
        return correlated;
    }

    /**
     * Sends the request and waits for its answer, whatever its status.
     *
     * @throws IOException if the last attempt failed; {@link java.net.http.HttpTimeoutException} when it took too long
     * @throws InterruptedException if the thread is interrupted while it waits; the request goes on
     * @throws RejectedExecutionException when the drain has begun
     */
    public <T> HttpResponse<T> call(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        try {
            return send(request, handler).toCompletableFuture().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException("call to " + name + " failed", e.getCause());
        }
    }

    @Override
    public CompletionStage<Void> drain() {
        return inFlight.close();
    }

    @Override
    public int inFlight() {
        return inFlight.count();
    }

    /** What is left has {@link ServiceClientConfig#attemptTimeout} to end by itself; its threads are daemons. */
    @Override
    public void stop(Deadline deadline) {
        inFlight.close();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        meters.bind(registry);
        Gauge.builder("chassis.client.in.flight", inFlight, InFlight::count)
                .description("Calls begun and not over")
                .tag("client", name)
                .register(registry);
    }

    private boolean isDraining() {
        return inFlight.isClosed();
    }
}
