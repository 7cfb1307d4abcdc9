package dev.chassis.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BodyLimitsTest {

    private final AtomicInteger handled = new AtomicInteger();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer();
        server.paths.at("/echo", this::echo).maxBody(1000);
        server.paths.at("/loop", this::echo).maxBody(1000).eventLoop();
        server.paths
                .at("/stream", x -> {
                    handled.incrementAndGet();
                    return Response.bytes("text/plain", x.bodyStream().readAllBytes());
                })
                .maxBody(1000)
                .streamed();
        server.paths
                .at("/unread", x -> Response.text("not for you").status(401))
                .streamed();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private Response echo(Exchange exchange) {
        handled.incrementAndGet();
        return Response.bytes("text/plain", exchange.body());
    }

    private static String post(String path, String... headers) {
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: x\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head + "\r\n";
    }

    @Test
    void takesABodyOfExactlyTheLimit() throws IOException {
        for (String path : new String[] {"/echo", "/loop", "/stream"}) {
            RawClient client = server.client().send(post(path, "Content-Length: 1000") + "x".repeat(1000));
            assertThat(client.answer().body()).hasSize(1000);
        }
    }

    @Test
    void refusesAnAnnouncedLongBodyBeforeItIsSent() throws IOException {
        for (String path : new String[] {"/echo", "/loop", "/stream"}) {
            RawClient client = server.client().send(post(path, "Content-Length: 1001"));
            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(answer.text()).contains("1000").contains(path);
            assertThat(client.rest()).isEmpty();
        }
        assertThat(handled).hasValue(0);
    }

    @Test
    void refusesAChunkedBodyWhereItBecomesTooLong() throws IOException {
        for (String path : new String[] {"/echo", "/loop", "/stream"}) {
            RawClient client = server.client()
                    .send(post(path, "Transfer-Encoding: chunked") + "3e9\r\n" + "x".repeat(1001) + "\r\n0\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(413);
        }
    }

    @Test
    void refusesWithoutResettingAClientThatIsStillSending() throws Exception {
        RawClient client = server.client().send(post("/echo", "Content-Length: 50000000"));
        byte[] piece = new byte[1_000_000];
        for (int i = 0; i < 50; i++) {
            client.send(piece); // a reset would fail here, or lose the answer below
        }
        assertThat(client.answer().status()).isEqualTo(413);
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void answersAHandlerThatDoesNotReadTheBodyAndCloses() throws IOException {
        RawClient client = server.client().send(post("/unread", "Content-Length: 100000"));
        RawClient.Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("connection")).isEqualTo("close");
        client.send("x".repeat(100_000));
        assertThat(client.rest()).isEmpty();
    }

    @Test
    void saysContinueWhenTheBodyIsWelcome() throws IOException {
        for (String path : new String[] {"/echo", "/loop", "/stream"}) {
            RawClient client = server.client().send(post(path, "Content-Length: 3", "Expect: 100-continue"));
            assertThat(client.answer().head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(client.send("abc").answer().text()).isEqualTo("abc");
            client.send(post(path, "Content-Length: 2") + "de");
            assertThat(client.answer().text()).isEqualTo("de");
        }
    }

    @Test
    void neverSaysContinueWhenTheBodyIsNotWelcome() throws IOException {
        RawClient tooLong = server.client().send(post("/echo", "Content-Length: 1001", "Expect: 100-continue"));
        assertThat(tooLong.answer().status()).isEqualTo(413);
        RawClient unread = server.client().send(post("/unread", "Content-Length: 10", "Expect: 100-continue"));
        assertThat(unread.answer().status()).isEqualTo(401);
        assertThat(unread.rest()).isEmpty();
    }

    @Test
    void refusesAnotherExpectationWith417() throws IOException {
        RawClient client = server.client().send(post("/echo", "Content-Length: 3", "Expect: miracles"));
        assertThat(client.answer().status()).isEqualTo(417);
    }

    @Test
    void inflatesBodies() throws IOException {
        byte[] gzip = gzip("hello".repeat(100));
        for (String path : new String[] {"/echo", "/loop", "/stream"}) {
            RawClient client = server.client();
            client.send(post(path, "Content-Encoding: gzip", "Content-Length: " + gzip.length))
                    .send(gzip);
            assertThat(client.answer().text()).isEqualTo("hello".repeat(100));
        }
    }

    @Test
    void stopsABodyThatInflatesBeyondTheLimit() throws IOException {
        byte[] bomb = gzip("0".repeat(500_000));
        assertThat(bomb.length).isLessThan(1000);
        for (String path : new String[] {"/echo", "/loop", "/stream"}) {
            RawClient client = server.client();
            client.send(post(path, "Content-Encoding: gzip", "Content-Length: " + bomb.length))
                    .send(bomb);
            assertThat(client.answer().status()).as(path).isEqualTo(413);
        }
    }

    @Test
    void refusesABodyThatOnlySaysItIsGzip() throws IOException {
        RawClient client = server.client().send(post("/echo", "Content-Encoding: gzip", "Content-Length: 5") + "plain");
        assertThat(client.answer().status()).isEqualTo(400);
    }

    @Test
    void refusesAnUnknownCodingWith415() throws IOException {
        RawClient client = server.client().send(post("/echo", "Content-Encoding: br", "Content-Length: 5") + "plain");
        assertThat(client.answer().status()).isEqualTo(415);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return out.toByteArray();
    }
}
