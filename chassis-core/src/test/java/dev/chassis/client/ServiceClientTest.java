package dev.chassis.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chassis.config.Configuration;
import dev.chassis.context.Correlation;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ServiceClientTest {

    private final List<Integer> statuses = new CopyOnWriteArrayList<>();
    private final List<HttpExchange> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            seen.add(exchange);
            int turn = seen.size() - 1;
            int status = turn < statuses.size() ? statuses.get(turn) : 200;
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.createContext("/slow", exchange -> {
            seen.add(exchange);
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.stop(0);
    }

    @Test
    void carriesTheCorrelationThereAndBack() throws Exception {
        Correlation correlation = new Correlation("c-1", "a".repeat(32), "b".repeat(16), true, null, Map.of());
        CompletableFuture<Correlation> after;
        try (Correlation.Scope scope = correlation.open()) {
            after = client().send(get("/"), BodyHandlers.discarding())
                    .thenApply(answer -> Correlation.current())
                    .toCompletableFuture();
        }

        assertThat(after.get(30, TimeUnit.SECONDS)).isSameAs(correlation);
        assertThat(seen.get(0).getRequestHeaders().getFirst("x-correlation-id")).isEqualTo("c-1");
        assertThat(seen.get(0).getRequestHeaders().getFirst("traceparent"))
                .isEqualTo("00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01");
    }

    @Test
    void leavesHeadersAloneThatTheRequestHas() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/"))
                .header("X-Correlation-Id", "mine")
                .build();
        client().call(request, BodyHandlers.discarding());

        assertThat(seen.get(0).getRequestHeaders().get("X-Correlation-Id")).containsExactly("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    void triesIdempotentRequestsAgain(String method) throws Exception {
        statuses.addAll(List.of(503, 502));
        HttpRequest request = HttpRequest.newBuilder(uri("/"))
                .method(method, BodyPublishers.ofString("x"))
                .build();

        assertThat(client().call(request, BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
        assertThat(seen).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void triesNothingElseAgain(String method) throws Exception {
        statuses.add(503);
        HttpRequest request = HttpRequest.newBuilder(uri("/"))
                .method(method, BodyPublishers.ofString("x"))
                .build();

        assertThat(client().call(request, BodyHandlers.discarding()).statusCode())
                .isEqualTo(503);
        assertThat(seen).hasSize(1);
    }

    @Test
    void givesUpAfterItsRetriesWithTheLastAnswer() throws Exception {
        statuses.addAll(List.of(503, 503, 504, 200));

        assertThat(client().call(get("/"), BodyHandlers.discarding()).statusCode())
                .isEqualTo(504);
        assertThat(seen).hasSize(3);
    }

    @Test
    void neverRepeatsAnAnswerThatIsOne() throws Exception {
        statuses.addAll(List.of(500, 404));

        assertThat(client().call(get("/"), BodyHandlers.discarding()).statusCode())
                .isEqualTo(500);
        assertThat(client().call(get("/"), BodyHandlers.discarding()).statusCode())
                .isEqualTo(404);
        assertThat(seen).hasSize(2);
    }

    @Test
    void triesAgainWhenNobodyListensAndCountsTheAttempts() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ServiceClient client = client();
        client.bindTo(meters);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .build();

        assertThatThrownBy(() -> client.call(request, BodyHandlers.discarding()))
                .isInstanceOf(ConnectException.class);
        assertThat(meters.get("http.client.requests")
                        .tag("status", "IO_ERROR")
                        .timer()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void endsAnAttemptThatTakesTooLong() {
        ServiceClient client = client("attempt-timeout", "50ms", "retries", "0");

        assertThatThrownBy(() -> client.call(get("/slow"), BodyHandlers.discarding()))
                .isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void finishesWhatIsInFlightWhenItDrainsAndRefusesTheRest() throws Exception {
        ServiceClient client = client("attempt-timeout", "30s", "total-timeout", "60s");
        CompletableFuture<HttpResponse<Void>> running =
                client.send(get("/slow"), BodyHandlers.discarding()).toCompletableFuture();
        CompletableFuture<Void> drained = client.drain().toCompletableFuture();

        assertThat(client.inFlight()).isEqualTo(1);
        assertThat(drained).isNotDone();
        assertThatThrownBy(() -> client.send(get("/"), BodyHandlers.discarding()))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("prices");
        release.countDown();
        assertThat(running.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(503); // not tried again
        drained.get(30, TimeUnit.SECONDS);
        client.stop(Deadline.after(Duration.ofSeconds(1)));
        assertThat(client.inFlight()).isZero();
    }

    private HttpRequest get(String path) {
        return HttpRequest.newBuilder(uri(path)).build();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static ServiceClient client(String... keysAndValues) {
        Map<String, String> overrides =
                new LinkedHashMap<>(Map.of("prices.backoff", "1ms", "prices.total-timeout", "30s"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            overrides.put("prices." + keysAndValues[i], keysAndValues[i + 1]);
        }
        Configuration configuration = Configuration.load(Map.of(), Map.of(), overrides);
        ServiceClientConfig config = configuration.bind("prices", ServiceClientConfig.class);
        configuration.verify();
        return ServiceClient.of("prices", config);
    }
}
