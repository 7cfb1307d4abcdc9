package dev.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chassis.http.internal.TestConfig;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams of events last for hours: they must neither use up what other requests need nor be without a limit of their own. */
@Timeout(30)
class EventStreamLimitTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newHttpClient();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = new HttpServer(
                TestConfig.of("max-in-flight", "1", "max-queued", "0", "events.max-streams", "2"),
                HttpApplication.of(List.of(this::declare), builtIn -> {}, 100, Duration.ZERO));
        server.bindTo(meters);
        server.start(Deadline.after(SOON));
    }

    @AfterEach
    void stop() throws Exception {
        server.stop(Deadline.after(SOON));
    }

    private void declare(Routes routes) {
        routes.get("/plain", request -> Response.text("plain"))
                .get(
                        "/events",
                        request -> Response.events(events -> {
                            events.send("first");
                            awaitEnd();
                        }));
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("the server drains", e);
        }
    }

    @Test
    void takesNoPlaceFromOtherRequests() throws Exception {
        open(200);
        open(200);

        assertThat(get("/plain").statusCode()).isEqualTo(200);
        assertThat(gauge("chassis.http.events")).isEqualTo(2);
        await().until(() -> gauge("chassis.http.in.flight") == 0);
        assertThat(server.inFlight()).isEqualTo(2);
    }

    @Test
    void oneMoreThanAllowedIsRefusedUntilOneIsOver() throws Exception {
        open(200);
        open(200);

        HttpResponse<InputStream> refused = open(503);

        assertThat(refused.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
        assertThat(meters.counter("chassis.http.refused", "reason", "overload").count())
                .isEqualTo(1);
        end.countDown();
        await().until(() -> gauge("chassis.http.events") == 0);
        open(200);
    }

    /** Its place among the handlers, the only one there is, is free again when its thread has ended. */
    @Test
    void aRefusedOneLeavesNothingBehind() throws Exception {
        open(200);
        open(200);
        open(503);

        await().until(() -> get("/plain").statusCode() == 200);
    }

    /** Nobody sends anything that could fail: a tab that is closed must not keep a place until the next event. */
    @Test
    void oneWhoseClientHasGoneIsOver() throws Exception {
        try (Socket closed = raw();
                Socket reset = raw()) {
            assertThat(gauge("chassis.http.events")).isEqualTo(2);
            closed.close();
            await().until(() -> gauge("chassis.http.events") == 1);

            reset.setSoLinger(true, 0);
            reset.close();
            await().until(() -> gauge("chassis.http.events") == 0);
            await().until(() -> server.inFlight() == 0);
        }
    }

    @Test
    void oneWhoseClientHasClosedItsSideEndsAsAWhole() throws Exception {
        try (Socket half = raw()) {
            half.shutdownOutput();

            String rest = new String(half.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(rest).endsWith("\r\n0\r\n\r\n");
        }
        await().until(() -> server.inFlight() == 0);
    }

    /** A connection on which the first event has arrived. */
    private Socket raw() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream()
                .write("GET /events HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        StringBuilder read = new StringBuilder();
        while (read.indexOf("data: first") < 0) {
            read.append((char) socket.getInputStream().read());
        }
        return socket;
    }

    private HttpResponse<InputStream> open(int status) throws Exception {
        HttpResponse<InputStream> answer = get("/events");
        assertThat(answer.statusCode()).isEqualTo(status);
        return answer;
    }

    private HttpResponse<InputStream> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofInputStream());
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }
}
