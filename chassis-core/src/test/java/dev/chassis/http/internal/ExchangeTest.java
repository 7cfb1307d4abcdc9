package dev.chassis.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chassis.context.Correlation;
import dev.chassis.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExchangeTest {

    private static final byte[] LONG = "0123456789abcdef".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer();
        server.paths.at("/", x -> Response.text("worker"));
        server.paths.at("/loop", x -> Response.text("loop")).eventLoop();
        server.paths.at("/thread", x -> Response.text(Thread.currentThread().getName()));
        server.paths
                .at("/loop-thread", x -> Response.text(Thread.currentThread().getName()))
                .eventLoop();
        server.paths.at("/echo", x -> Response.bytes("application/octet-stream", x.body()));
        server.paths.at("/empty", x -> Response.noContent());
        server.paths.at("/unchanged", x -> Response.text("not sent").status(304));
        server.paths.at("/long", x -> Response.bytes("application/octet-stream", LONG));
        server.paths
                .at("/long-loop", x -> Response.bytes("application/octet-stream", LONG))
                .eventLoop();
        server.paths.at("/correlation", x -> Response.text(String.valueOf(Correlation.current())));
        server.paths
                .at("/correlation-loop", x -> Response.text(String.valueOf(Correlation.current())))
                .eventLoop();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void runsHandlersOnWorkersUnlessTheyAskForTheEventLoop() throws IOException {
        RawClient client = server.client();
        assertThat(client.get("/thread").answer().text()).startsWith("worker-");
        assertThat(client.get("/loop-thread").answer().text()).startsWith("io-");
    }

    @Test
    void answersWithDateLengthAndCorrelation() throws IOException {
        RawClient.Answer answer = server.client().get("/").answer();
        assertThat(answer.head()).startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(answer.header("content-length")).isEqualTo("6");
        assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(answer.header("date"))
                .matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
        assertThat(answer.header("x-correlation-id")).hasSize(32);
        assertThat(answer.headers("connection")).isEmpty();
    }

    @Test
    void opensTheCorrelationTheClientSent() throws IOException {
        for (String path : new String[] {"/correlation", "/correlation-loop"}) {
            RawClient.Answer answer = server.client()
                    .send("GET " + path + " HTTP/1.1\r\nHost: x\r\nX-Correlation-Id: mine.1\r\n\r\n")
                    .answer();
            assertThat(answer.text()).contains("id=mine.1");
            assertThat(answer.header("x-correlation-id")).isEqualTo("mine.1");
        }
    }

    @Test
    void doesNotEchoAMalformedCorrelation() throws IOException {
        RawClient.Answer answer = server.client()
                .send("GET / HTTP/1.1\r\nHost: x\r\nX-Correlation-Id: <script>\r\n\r\n")
                .answer();
        assertThat(answer.header("x-correlation-id")).hasSize(32);
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        RawClient client = server.client();
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            String path = i % 3 == 0 ? "/loop" : "/echo";
            String body = i % 3 == 0 ? "" : "n" + i;
            requests.append("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n")
                    .append(body);
        }
        client.send(requests.toString());
        for (int i = 0; i < 200; i++) {
            assertThat(client.answer().text()).isEqualTo(i % 3 == 0 ? "loop" : "n" + i);
        }
    }

    @Test
    void handlesOnePipelinedRequestAtATime() throws Exception {
        AtomicInteger began = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        server.paths.at("/slow", x -> {
            began.incrementAndGet();
            go.await(20, TimeUnit.SECONDS);
            return Response.text("slow");
        });
        RawClient client = server.client().get("/slow").get("/slow").get("/loop");
        await().until(() -> began.get() == 1);
        assertThat(server.http.inFlight()).isEqualTo(1);
        go.countDown();
        assertThat(client.answer().text()).isEqualTo("slow");
        assertThat(client.answer().text()).isEqualTo("slow");
        assertThat(client.answer().text()).isEqualTo("loop");
    }

    @Test
    void stopsReadingAClientThatPipelinesWithoutEnd() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        server.paths.at("/slow", x -> {
            go.await(20, TimeUnit.SECONDS);
            return Response.text("slow");
        });
        RawClient client = server.client().get("/slow");
        byte[] requests = "GET /loop HTTP/1.1\r\nHost: x\r\n\r\n".repeat(4000).getBytes(StandardCharsets.US_ASCII);
        AtomicInteger sent = new AtomicInteger();
        Thread flood = new Thread(() -> {
            try {
                while (true) {
                    client.send(requests);
                    sent.addAndGet(requests.length);
                }
            } catch (IOException closed) {
                // The end of the test.
            }
        });
        flood.start();
        // When the sender is blocked, the kernel's buffers are full because we do not read.
        await().until(() -> isBlocked(flood, sent));
        go.countDown();
        assertThat(client.answer().text()).isEqualTo("slow");
        for (int i = 0; i < 20_000; i++) {
            assertThat(client.answer().text()).isEqualTo("loop");
        }
        client.vanish();
        flood.join(20_000);
        assertThat(flood.isAlive()).isFalse();
    }

    private static boolean isBlocked(Thread flood, AtomicInteger sent) throws InterruptedException {
        int before = sent.get();
        flood.join(300);
        return before > 0 && sent.get() == before;
    }

    @Test
    void answersHeadWithTheLengthButNoBody() throws IOException {
        for (String path : new String[] {"/", "/loop"}) {
            RawClient client = server.client().send("HEAD " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
            RawClient.Answer head = client.headOnly();
            String get = client.get(path).answer().header("content-length");
            assertThat(head.header("content-length")).isEqualTo(get).isNotEmpty();
        }
    }

    @Test
    void sendsNoLengthAndNoBodyWhereThereCanBeNone() throws IOException {
        RawClient client = server.client();
        RawClient.Answer empty = client.get("/empty").answer();
        assertThat(empty.status()).isEqualTo(204);
        assertThat(empty.headers("content-length")).isEmpty();
        assertThat(client.get("/unchanged").answer().status()).isEqualTo(304);
        assertThat(client.get("/").answer().text()).isEqualTo("worker");
    }

    @Test
    void sendsLongAnswersWhole() throws IOException {
        RawClient client = server.client();
        assertThat(client.get("/long").answer().body()).isEqualTo(LONG);
        assertThat(client.get("/long-loop").get("/long-loop").answer().body()).isEqualTo(LONG);
        assertThat(client.answer().body()).isEqualTo(LONG);
        await().until(() -> server.http.inFlight() == 0);
    }

    @Test
    void readsBodiesOfBothFramings() throws IOException {
        RawClient client = server.client();
        String body = "x".repeat(100_000);
        client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n" + body);
        assertThat(client.answer().text()).isEqualTo(body);
        client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n186a0\r\n" + body
                + "\r\n0\r\n\r\n");
        assertThat(client.answer().text()).isEqualTo(body);
    }

    @Test
    void closesWhenTheClientAsksForIt() throws IOException {
        RawClient client = server.client().send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(client.answer().header("connection")).isEqualTo("close");
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void speaksHttp10() throws IOException {
        RawClient client = server.client().send("GET / HTTP/1.0\r\n\r\n");
        RawClient.Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("connection")).isEqualTo("close");
        assertThat(answer.text()).isEqualTo("worker");
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void keepsHttp10ConnectionsAliveOnRequest() throws IOException {
        RawClient client = server.client();
        for (int i = 0; i < 2; i++) {
            client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(client.answer().header("connection")).isEqualTo("keep-alive");
        }
    }

    @Test
    void answersAClientThatHasClosedItsSide() throws IOException {
        RawClient client = server.client().get("/").get("/loop").get("/");
        client.finishOutput();
        assertThat(client.answer().text()).isEqualTo("worker");
        assertThat(client.answer().text()).isEqualTo("loop");
        assertThat(client.answer().text()).isEqualTo("worker");
        assertThat(client.isAtEnd()).isTrue();
        await().until(() -> server.connections() == 0);
    }

    @Test
    void finishesTheHandlerOfAClientThatVanishes() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch finished = new CountDownLatch(1);
        server.paths.at("/slow", x -> {
            began.countDown();
            go.await(20, TimeUnit.SECONDS);
            finished.countDown();
            return Response.bytes("text/plain", LONG);
        });
        RawClient client = server.client().get("/slow");
        began.await();
        client.vanish();
        await().until(() -> server.connections() == 0);
        assertThat(server.http.inFlight()).isEqualTo(1);
        go.countDown();
        assertThat(finished.await(20, TimeUnit.SECONDS)).isTrue();
        await().until(() -> server.http.inFlight() == 0);
    }

    @Test
    void forgetsARequestWhoseClientVanishesWithinTheBody() throws Exception {
        RawClient client = server.client().send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
        await().until(() -> server.http.inFlight() == 1);
        client.vanish();
        await().until(() -> server.http.inFlight() == 0 && server.connections() == 0);
    }

    @Test
    void countsRequestsByRouteAndStatus() throws IOException {
        RawClient client = server.client();
        client.get("/").answer();
        client.get("/").answer();
        client.get("/loop").answer();
        client.get("/nowhere/1").answer();
        client.get("/nowhere/2").answer();
        assertThat(count("/", "200", "SUCCESS")).isEqualTo(2);
        assertThat(count("/loop", "200", "SUCCESS")).isEqualTo(1);
        assertThat(count("unknown", "404", "CLIENT_ERROR")).isEqualTo(2);
        client.send("BREW / HTTP/1.1\r\nHost: x\r\n\r\n").answer();
        assertThat(server.meters
                        .get(HttpMeters.REQUESTS)
                        .tag("method", "OTHER")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    private long count(String route, String status, String outcome) {
        return server.meters
                .get(HttpMeters.REQUESTS)
                .tags("method", "GET", "route", route, "status", status, "outcome", outcome)
                .timer()
                .count();
    }
}
