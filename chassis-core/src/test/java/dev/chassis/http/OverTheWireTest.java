package dev.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.chassis.http.internal.TestConfig;
import dev.chassis.time.Deadline;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The application behind the real server: what only the two together can get wrong. */
class OverTheWireTest {

    record Player(String name, int score) {}

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final HttpServer SERVER = new HttpServer(
            TestConfig.of(),
            HttpApplication.of(
                    List.of(OverTheWireTest::declare),
                    builtIn -> builtIn.get("/livez", request -> Response.text("alive")),
                    100,
                    Duration.ofSeconds(10)));

    private static void declare(Routes routes) {
        routes.get("/players/{name}", request -> Response.json(new Player(request.path("name"), 7)))
                .post("/players", request -> Response.created("/players/1", request.body(Player.class)))
                .post("/upload", request -> Response.json(request.bodyBytes().length), Route::streaming)
                .get(
                        "/events",
                        request -> Response.events(events -> {
                            events.send("score", "1", "a\nb");
                            events.heartbeat();
                        }))
                .get(
                        "/broken",
                        request -> Response.stream("text/plain", out -> {
                            out.write('x');
                            out.flush();
                            throw new IllegalStateException("in the middle");
                        }))
                .get(
                        "/broken-early",
                        request -> Response.stream("text/plain", out -> {
                            throw new IllegalStateException("before the first byte");
                        }));
    }

    @BeforeAll
    static void start() throws Exception {
        SERVER.start(Deadline.after(Duration.ofSeconds(20)));
    }

    @AfterAll
    static void stop() throws Exception {
        SERVER.stop(Deadline.after(Duration.ofSeconds(10)));
    }

    @Test
    void answersJsonUnderADecodedPath() throws Exception {
        HttpResponse<String> response = send("GET", "/players/ad%C3%A9%2Fx", "");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().allValues("content-type")).containsExactly("application/json");
        assertThat(response.body()).isEqualTo("{\"name\":\"ad\u00e9/x\",\"score\":7}");
    }

    @Test
    void answersHeadWithTheHeadersOfGet() throws Exception {
        HttpResponse<String> get = send("GET", "/players/ada", "");
        HttpResponse<String> head = send("HEAD", "/players/ada", "");

        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("content-length"))
                .isEqualTo(get.headers().firstValue("content-length"))
                .isPresent();
    }

    @Test
    void decodesAndRefusesBodies() throws Exception {
        HttpResponse<String> good = send("POST", "/players", "{\"name\":\"ada\",\"score\":1}");
        HttpResponse<String> bad = send("POST", "/players", "{\"name\":\"ada\",\"score\":\"x\"}");

        assertThat(good.statusCode()).isEqualTo(201);
        assertThat(good.headers().firstValue("location")).contains("/players/1");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.body()).contains("\"path\":\"$.score\"");
    }

    @Test
    void answersProblemsThatCarryTheCorrelationIdOfTheHeader() throws Exception {
        for (HttpResponse<String> response : List.of(
                send("GET", "/nothing", ""),
                send("DELETE", "/players", ""),
                send("POST", "/players", "x".repeat(101)))) {
            String id = response.headers().firstValue("x-correlation-id").orElseThrow();

            assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
            assertThat(response.body()).contains("\"correlation_id\":\"" + id + "\"");
        }
        assertThat(send("DELETE", "/players", "").headers().firstValue("allow")).contains("OPTIONS, POST");
    }

    @Test
    void refusesAStreamedBodyThatIsTooLongWith413() throws Exception {
        assertThat(send("POST", "/upload", "x".repeat(100)).body()).isEqualTo("100");
        assertThat(send("POST", "/upload", "x".repeat(101)).statusCode()).isEqualTo(413);
    }

    @Test
    void sendsEvents() throws Exception {
        assertThat(send("GET", "/events", "").body()).isEqualTo("event: score\nid: 1\ndata: a\ndata: b\n\n:\n\n");
    }

    @Test
    void cutsAnAnswerThatBreaksInTheMiddleAndLogsItOnce() throws Exception {
        try (CapturedLog log = new CapturedLog("dev.chassis.http")) {
            assertThatThrownBy(() -> send("GET", "/broken", "")).isInstanceOf(IOException.class);
            assertThat(send("GET", "/broken-early", "").statusCode()).isEqualTo(500);

            assertThat(log.levels().stream().filter(Level.ERROR::equals)).hasSize(2);
        }
    }

    @Test
    void answersBuiltIns() throws Exception {
        assertThat(send("GET", "/livez", "").body()).isEqualTo("alive");
    }

    private static HttpResponse<String> send(String method, String target, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + SERVER.port() + target))
                .timeout(Duration.ofSeconds(20))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }
}
