package dev.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.chassis.http.internal.TestConfig;
import dev.chassis.time.Deadline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events have no end of their own: a drain that waited for one would wait for all of its time. */
class EventStreamDrainTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int CLIENTS = 20;
    private static final int MORE_THAN_ANY_BUFFER = 16 * 1024 * 1024;

    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch rest = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = new HttpServer(
                TestConfig.of("events.reconnect-spread", "60s"),
                HttpApplication.of(List.of(this::declare), builtIn -> {}, 100, Duration.ZERO));
        server.start(Deadline.after(SOON));
    }

    @AfterEach
    void stop() throws Exception {
        server.stop(Deadline.after(SOON));
    }

    private void declare(Routes routes) {
        routes.get(
                        "/waiting",
                        request -> Response.events(events -> {
                            events.send("first");
                            awaitForEver();
                        }))
                .get(
                        "/busy",
                        request -> Response.events(events -> {
                            while (true) {
                                events.send("first");
                                Thread.interrupted(); // it does not care
                            }
                        }))
                .get(
                        "/half",
                        request -> Response.events(events -> {
                            events.send("x".repeat(100));
                            events.send("y".repeat(MORE_THAN_ANY_BUFFER));
                        }))
                .get("/silent", request -> Response.events(events -> awaitForEver()))
                .get(
                        "/download",
                        request -> Response.stream("text/plain", out -> {
                            out.write("data: first\n".getBytes(StandardCharsets.US_ASCII));
                            out.flush();
                            awaitRest();
                            out.write("last\n".getBytes(StandardCharsets.US_ASCII));
                        }));
    }

    private void awaitRest() {
        try {
            rest.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("a drain must not end this", e);
        }
    }

    private void awaitForEver() {
        try {
            never.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Test
    void endsAnAnswerBetweenTwoEventsWhateverItsWriterDoes() throws Exception {
        try (CapturedLog log = new CapturedLog("dev.chassis.http");
                BufferedReader waiting = open("/waiting");
                BufferedReader busy = open("/busy")) {
            assertThat(waiting.readLine()).isEqualTo("data: first");
            assertThat(busy.readLine()).isEqualTo("data: first");
            CompletableFuture<String> all = CompletableFuture.supplyAsync(() -> rest(busy));

            server.drain().toCompletableFuture().get(SOON.toMillis(), TimeUnit.MILLISECONDS);

            assertThat(rest(waiting)).matches("\nretry: \\d+\n\n");
            assertThat(all.get()).matches("(?s).*data: first\n\nretry: \\d+\n\n");
            assertThat(log.levels()).noneMatch(level -> level.isGreaterOrEqual(Level.WARN));
        }
    }

    @Test
    void endsAnAnswerThatHasNotBegun() throws Exception {
        CompletableFuture<String> silent = client.sendAsync(request("/silent"), BodyHandlers.ofString())
                .thenApply(answer -> answer.statusCode() + answer.body());
        await().until(() -> server.inFlight() == 1);

        server.drain().toCompletableFuture().get(SOON.toMillis(), TimeUnit.MILLISECONDS);

        assertThat(silent.get()).matches("200retry: \\d+\n\n");
    }

    @Test
    void tellsEachClientItsOwnTimeToComeBack() throws Exception {
        List<BufferedReader> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(open("/waiting"));
            assertThat(clients.get(i).readLine()).isEqualTo("data: first");
        }

        server.drain().toCompletableFuture().get(SOON.toMillis(), TimeUnit.MILLISECONDS);

        List<Integer> millis = new ArrayList<>();
        for (BufferedReader client : clients) {
            millis.add(Integer.valueOf(rest(client).replaceAll("\\D", "")));
            client.close();
        }
        assertThat(millis).allMatch(time -> time >= 1_000 && time <= 60_000);
        assertThat(Set.copyOf(millis)).hasSizeGreaterThan(CLIENTS / 2);
    }

    /** Half an event is none for the client; what followed would be taken for a part of it. */
    @Test
    void tellsNothingInTheMiddleOfAnEvent() throws Exception {
        try (BufferedReader half = open("/half")) {
            assertThat(half.readLine()).startsWith("data: x");
            assertThat(half.readLine()).isEmpty();
            assertThat(half.read()).isEqualTo('d');

            server.drain().toCompletableFuture().get(SOON.toMillis(), TimeUnit.MILLISECONDS);

            assertThat(rest(half)).doesNotContain("retry");
        }
    }

    @Test
    void waitsForAnAnswerThatHasAnEnd() throws Exception {
        try (BufferedReader download = open("/download")) {
            assertThat(download.readLine()).isEqualTo("data: first");
            CompletableFuture<Void> drained = server.drain().toCompletableFuture();
            assertThat(drained).isNotDone();

            rest.countDown();

            assertThat(rest(download)).isEqualTo("last\n");
            drained.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** What it sends until its end, which must be a whole one. */
    private static String rest(BufferedReader answer) {
        StringBuilder all = new StringBuilder();
        try {
            for (int c = answer.read(); c >= 0; c = answer.read()) {
                all.append((char) c);
            }
        } catch (IOException e) {
            throw new IllegalStateException(all.toString(), e);
        }
        return all.toString();
    }

    private BufferedReader open(String path) throws Exception {
        InputStream body =
                client.send(request(path), BodyHandlers.ofInputStream()).body();
        return new BufferedReader(new InputStreamReader(body, StandardCharsets.US_ASCII));
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .build();
    }
}
