package dev.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.config.ConfigException;
import dev.chassis.http.Response;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.DrainPhase;
import dev.chassis.lifecycle.DrainReport;
import dev.chassis.lifecycle.LifecycleEvent;
import dev.chassis.lifecycle.ServiceState;
import dev.chassis.time.Deadline;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChassisStartTest {

    /** Settings of a service. */
    @ConfigMapping(prefix = "orders")
    public interface OrdersConfig {

        /** What it says. */
        String greeting();

        /** How many. */
        @WithDefault("3")
        int limit();
    }

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void servesReportsAndDrains() throws Exception {
        try (RunningService service = start("orders", Map.of("orders.greeting", "hello"))) {
            assertThat(get(service.port(), "/greeting").body()).isEqualTo("hello 3");
            assertThat(get(service.port(), "/readyz").statusCode()).isEqualTo(200);
            assertThat(get(service.adminPort(), "/metrics").body()).contains("http_server_requests_seconds_count");
            assertThat(get(service.adminPort(), "/config").body()).contains("orders.greeting");
            assertThat(service.state()).isEqualTo(ServiceState.READY);
            assertThat(service.ledger().components())
                    .extracting(entry -> entry.component())
                    .contains("http", "admin");

            DrainReport report = service.drain("test").toCompletableFuture().get(1, TimeUnit.MINUTES);

            assertThat(report.verdict()).isEqualTo(DrainReport.Verdict.CLEAN);
            assertThat(service.state()).isEqualTo(ServiceState.STOPPED);
        }
    }

    @Test
    void loadsWhatOnlyTheFirstUseNeedsWhenItIsReady() throws Exception {
        CompletableFuture<ServiceState> seen = new CompletableFuture<>();
        CompletableFuture<RunningService> started = new CompletableFuture<>();
        Component broken = new AfterReadyComponent("broken", () -> {
            throw new IOException("not today");
        });
        Component slow = new AfterReadyComponent(
                "slow", () -> seen.complete(started.get().state()));
        try (RunningService service = Chassis.start("late", ports(Map.of()), listed -> {
            listed.add(broken);
            listed.add(slow);
        })) {
            started.complete(service);

            assertThat(seen.get(30, TimeUnit.SECONDS)).isEqualTo(ServiceState.READY);
            assertThat(get(service.adminPort(), "/readyz").statusCode()).isEqualTo(200);
        }
    }

    /** A component that does something after ready. */
    private record AfterReadyComponent(String name, Service.WarmUp work) implements Component {

        @Override
        public void start(Deadline deadline) {}

        @Override
        public void afterReady() throws Exception {
            work.run();
        }

        @Override
        public void stop(Deadline deadline) {}
    }

    @Test
    void severalServicesLiveInOneJvm() throws Exception {
        try (RunningService first = start("first", Map.of("orders.greeting", "one"));
                RunningService second = start("second", Map.of("orders.greeting", "two"))) {
            first.close();

            assertThat(get(second.port(), "/greeting").body()).startsWith("two");
        }
    }

    @Test
    void readinessFailsWhileARequestIsStillServed() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        RunningService service = Chassis.start(
                "slow",
                ports(Map.of("chassis.drain.quiet-period", "100ms")),
                listed -> listed.http(routes -> routes.get("/slow", request -> {
                    running.countDown();
                    released.await();
                    return Response.text("done");
                })));
        CompletableFuture<HttpResponse<String>> slow =
                client.sendAsync(request(service.port(), "/slow"), HttpResponse.BodyHandlers.ofString());
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<DrainReport> drained = service.drain("test").toCompletableFuture();
        HttpResponse<String> probe = get(service.adminPort(), "/readyz");
        released.countDown();

        assertThat(probe.statusCode()).isEqualTo(503);
        assertThat(slow.get(1, TimeUnit.MINUTES).body()).isEqualTo("done");
        assertThat(drained.get(1, TimeUnit.MINUTES).verdict()).isEqualTo(DrainReport.Verdict.CLEAN);
    }

    @Test
    void backgroundWorkOfTheLastRequestIsFinished() throws Exception {
        CompletableFuture<String> written = new CompletableFuture<>();
        CountDownLatch released = new CountDownLatch(1);
        RunningService service = Chassis.start("background", ports(Map.of()), listed -> {
            listed.onEvent(event -> {
                if (event.equals(new LifecycleEvent.DrainPhaseEntered(DrainPhase.ANNOUNCE))) {
                    released.countDown(); // not before the drain has counted what is in flight
                }
            });
            listed.http(routes -> routes.post("/orders", request -> {
                listed.background().run("write", () -> {
                    released.await();
                    written.complete("written");
                });
                return Response.accepted();
            }));
        });
        HttpRequest post = HttpRequest.newBuilder(URI.create("http://localhost:" + service.port() + "/orders"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(202);

        CompletableFuture<DrainReport> drained = service.drain("test").toCompletableFuture();

        assertThat(drained.get(1, TimeUnit.MINUTES).inFlightAtStart()).containsEntry("background", 1);
        assertThat(written).isCompletedWithValue("written");
    }

    @Test
    void aMissingKeyIsReportedBeforeAnythingStarts() {
        assertThatThrownBy(() -> start("orders", Map.of("orders.limit", "many")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("2 problems")
                .hasMessageContaining("orders.greeting")
                .hasMessageContaining("orders.limit");
    }

    @Test
    void aServiceWithoutRoutesHasNoPortButAnAdminPort() throws Exception {
        try (RunningService worker = Chassis.start("worker", ports(Map.of()), listed -> {})) {
            assertThat(get(worker.adminPort(), "/livez").statusCode()).isEqualTo(200);
            assertThatThrownBy(worker::port)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("serves no HTTP");
        }
    }

    private RunningService start(String name, Map<String, String> settings) {
        return Chassis.start(name, ports(settings), service -> {
            OrdersConfig config = service.config(OrdersConfig.class);
            service.http(routes ->
                    routes.get("/greeting", request -> Response.text(config.greeting() + " " + config.limit())));
        });
    }

    private static Map<String, String> ports(Map<String, String> settings) {
        Map<String, String> all = new java.util.HashMap<>(settings);
        all.put("chassis.http.port", "0");
        all.put("chassis.admin.port", "0");
        all.putIfAbsent("chassis.drain.quiet-period", "0s");
        return all;
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return client.send(request(port, path), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build();
    }
}
