package dev.chassis.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.Chassis;
import dev.chassis.RunningService;
import dev.chassis.http.Response;
import dev.chassis.lifecycle.LifecycleEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The admin port of a whole service, over the wire. */
@Timeout(60)
class AdminHttpTest {

    private static final Map<String, String> ANY_PORTS = Map.of("chassis.http.port", "0", "chassis.admin.port", "0");

    private final HttpClient client = HttpClient.newHttpClient();
    private final RunningService service = Chassis.start("orders", ANY_PORTS, parts -> {
        parts.http(routes -> routes.get("/orders/{id}", request -> Response.text("an order")));
        parts.add(new Stock());
    });

    @AfterEach
    void close() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/health, application/json",
        "/livez, application/json",
        "/readyz, application/json",
        "/startupz, application/json",
        "/metrics, text/plain; version=0.0.4; charset=utf-8",
        "/config, application/json",
        "/threads, text/plain; charset=utf-8",
        "/drain, application/json",
        "/info, application/json"
    })
    void answersEveryEndpoint(String path, String contentType) throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(at(service.adminPort(), path)));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains(contentType);
        assertThat(answer.headers().allValues("cache-control")).containsExactly("no-store");
        assertThat(answer.body()).isNotEmpty();
    }

    @Test
    void servesWhatAComponentAdds() throws Exception {
        String tea = "/components/stock/items/green%20tea";
        HttpResponse<String> put = send(
                HttpRequest.newBuilder(at(service.adminPort(), tea)).PUT(HttpRequest.BodyPublishers.ofString("7")));
        HttpResponse<String> got = send(HttpRequest.newBuilder(at(service.adminPort(), tea)));

        assertThat(put.statusCode()).isEqualTo(204);
        assertThat(got.body()).isEqualTo("green tea: 7");
        assertThat(got.headers().allValues("cache-control")).containsExactly("no-store");
        assertThat(send(HttpRequest.newBuilder(at(service.port(), tea))).statusCode())
                .isEqualTo(404);
    }

    @Test
    void letsNoWebPageChangeAComponent() throws Exception {
        HttpResponse<String> put = send(HttpRequest.newBuilder(at(service.adminPort(), "/components/stock/items/tea"))
                .header("origin", "http://localhost:3000")
                .PUT(HttpRequest.BodyPublishers.ofString("7")));

        assertThat(put.statusCode()).isEqualTo(403);
    }

    @Test
    void listsEveryEndpointThoseOfComponentsToo() throws Exception {
        JsonNode index = new JsonMapper()
                .readTree(send(HttpRequest.newBuilder(at(service.adminPort(), "/")))
                        .body());

        assertThat(index.get("endpoints").valueStream().map(JsonNode::asString))
                .contains("GET /", "GET /livez", "GET /health", "PUT /loggers/{name}", "POST /drain")
                .contains("GET /components/stock/items/{item}", "PUT /components/stock/items/{item}");
    }

    @Test
    void tellsTheReadingsOfTheComponents() throws Exception {
        JsonNode health = new JsonMapper()
                .readTree(send(HttpRequest.newBuilder(at(service.adminPort(), "/health")))
                        .body());
        assertThat(health.get("status").asString()).isEqualTo("UP");
        assertThat(health.get("phase").asString()).isEqualTo("READY");
        assertThat(health.get("readings").findValuesAsString("name")).contains("http");
    }

    @Test
    void tagsRequestsWithTheTemplateAndNotThePath() throws Exception {
        for (int id = 0; id < 5; id++) {
            send(HttpRequest.newBuilder(at(service.port(), "/orders/" + id)));
        }
        assertThat(send(HttpRequest.newBuilder(at(service.adminPort(), "/metrics")))
                        .body())
                .contains("route=\"/orders/{id}\"")
                .doesNotContain("/orders/3");
    }

    @Test
    void refusesAWebPageWithAProblem() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(at(service.adminPort(), "/drain"))
                .header("origin", "https://evil.example")
                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("application/problem+json");
        assertThat(service.state().name()).isEqualTo("READY");
    }

    @Test
    void drainsWhenAskedTo() throws Exception {
        CountDownLatch draining = new CountDownLatch(1);
        try (RunningService idle = Chassis.start(
                "idle",
                ANY_PORTS,
                parts -> parts.onEvent(event -> {
                    if (event instanceof LifecycleEvent.DrainPhaseEntered) {
                        draining.countDown();
                    }
                }))) {
            // The answer is not waited for: an idle service may be gone before it has been written.
            client.sendAsync(
                    HttpRequest.newBuilder(at(idle.adminPort(), "/drain"))
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            assertThat(draining.await(50, TimeUnit.SECONDS)).isTrue();
            assertThat(idle.drain("test")
                            .toCompletableFuture()
                            .get(50, TimeUnit.SECONDS)
                            .cause())
                    .isEqualTo("admin");
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI at(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
