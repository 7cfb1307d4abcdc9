package dev.chassis.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.chassis.http.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamingTest {

    private static final int MEGABYTE = 1_000_000;
    private static final int LENGTH = 200 * MEGABYTE;
    // What the kernel keeps on both sides of a loopback connection, generously.
    private static final int KERNEL = 20 * MEGABYTE;

    private final AtomicLong moved = new AtomicLong();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer("compression.enabled", "false");
        server.paths.at(
                "/down",
                x -> Response.stream("application/octet-stream", out -> {
                    byte[] piece = new byte[MEGABYTE / 10];
                    for (int i = 0; i < LENGTH / piece.length; i++) {
                        out.write(piece);
                        moved.addAndGet(piece.length);
                    }
                }));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void waitsForASlowReader() throws Exception {
        try (RawClient client = new RawClient(server.http.port(), 64 * 1024)) {
            client.get("/down");
            await().until(() -> moved.get() > 0);
            await().until(this::stoppedMoving);
            assertThat(moved.get()).isLessThan(KERNEL);
            assertThat(client.answer().body()).hasSize(LENGTH);
        }
        await().until(() -> server.http.inFlight() == 0);
    }

    @Test
    void waitsForASlowHandlerOfAnUpload() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        server.paths
                .at("/up", x -> {
                    InputStream in = x.bodyStream();
                    long length = in.read() < 0 ? 0 : 1;
                    go.await(60, TimeUnit.SECONDS);
                    byte[] piece = new byte[10_000];
                    for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                        length += n;
                    }
                    return Response.text("" + length);
                })
                .streamed()
                .maxBody(LENGTH);
        RawClient client =
                server.client().send("POST /up HTTP/1.1\r\nHost: x\r\nContent-Length: " + LENGTH + "\r\n\r\n");
        CompletableFuture<Void> upload = CompletableFuture.runAsync(() -> upload(client));
        await().until(() -> moved.get() > 0);
        await().until(this::stoppedMoving);
        assertThat(moved.get()).isLessThan(KERNEL);
        go.countDown();
        upload.get(60, TimeUnit.SECONDS);
        assertThat(client.answer().text()).isEqualTo("" + LENGTH);
    }

    private void upload(RawClient client) {
        byte[] piece = new byte[MEGABYTE / 10];
        try {
            for (int i = 0; i < LENGTH / piece.length; i++) {
                client.send(piece);
                moved.addAndGet(piece.length);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean stoppedMoving() throws InterruptedException {
        long before = moved.get();
        TimeUnit.MILLISECONDS.sleep(300);
        return moved.get() == before;
    }

    @Test
    void tellsTheWriterThatTheClientHasGone() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        server.paths.at(
                "/ticks",
                x -> Response.stream("text/plain", out -> {
                    try {
                        while (true) {
                            out.write('.');
                            out.flush();
                            TimeUnit.MILLISECONDS.sleep(1);
                        }
                    } catch (IOException | InterruptedException e) {
                        failure.complete(e);
                    }
                }));
        RawClient client = server.client().get("/ticks");
        assertThat(client.head()).contains("text/plain");
        client.vanish();
        assertThat(failure.get(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        await().until(() -> server.http.inFlight() == 0 && server.connections() == 0);
    }

    @Test
    void failsTheWriterWhenTheClientTakesNothingForTooLong() throws Exception {
        try (TestServer impatient = new TestServer("write-timeout", "200ms")) {
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            impatient.paths.at(
                    "/",
                    x -> Response.stream("application/octet-stream", out -> {
                        try {
                            while (true) {
                                out.write(new byte[10_000]);
                            }
                        } catch (IOException e) {
                            failure.complete(e);
                            throw e;
                        }
                    }));
            try (RawClient client = new RawClient(impatient.http.port(), 4096)) {
                client.get("/");
                assertThat(failure.get(20, TimeUnit.SECONDS)).hasMessageContaining("takes nothing");
                await().until(() -> impatient.http.inFlight() == 0 && impatient.connections() == 0);
            }
        }
    }

    @Test
    void sendsAFlushAtOnceAndKeepsTheConnection() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        server.paths.at(
                "/two",
                x -> Response.stream("text/plain", out -> {
                    out.write("one".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    awaitQuietly(seen);
                    out.write("two".getBytes(StandardCharsets.US_ASCII));
                }));
        RawClient client = server.client().get("/two");
        assertThat(client.head()).contains("transfer-encoding: chunked");
        byte[] first = new byte[8];
        assertThat(client.read(first)).isEqualTo(8);
        assertThat(new String(first, StandardCharsets.US_ASCII)).isEqualTo("3\r\none\r\n");
        seen.countDown();
        byte[] second = new byte[13];
        int at = 0;
        while (at < 13) {
            at += client.read(second);
        }
        client.get("/two");
        assertThat(client.answer().text()).isEqualTo("onetwo");
    }

    @Test
    void sendsAShortStreamWithItsLength() throws IOException {
        server.paths.at("/short", x -> Response.stream("text/plain", out -> out.write('a')));
        RawClient.Answer answer = server.client().get("/short").answer();
        assertThat(answer.header("content-length")).isEqualTo("1");
        assertThat(answer.text()).isEqualTo("a");
    }

    @Test
    void answers500WhenTheWriterFailsBeforeItsFirstFlush() throws IOException {
        server.paths.at(
                "/broken",
                x -> Response.stream("text/plain", out -> {
                    out.write('a');
                    throw new IOException("the database has gone");
                }));
        RawClient client = server.client().get("/broken");
        assertThat(client.answer().status()).isEqualTo(500);
        assertThat(client.get("/broken").answer().text()).doesNotContain("database");
    }

    @Test
    void neverEndsAFailedStreamAsIfItWereWhole() throws IOException {
        server.paths.at(
                "/broken",
                x -> Response.stream("text/plain", out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("half way");
                }));
        RawClient client = server.client().get("/broken");
        assertThatThrownBy(client::answer).isInstanceOf(IOException.class);
        await().until(() -> server.http.inFlight() == 0);
    }

    @Test
    void streamsToHttp10UntilTheConnectionEnds() throws IOException {
        server.paths.at("/long", x -> Response.stream("text/plain", out -> out.write(new byte[100_000])));
        RawClient client = server.client().send("GET /long HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        assertThat(client.head()).contains("connection: close").doesNotContain("chunked");
        assertThat(client.rest()).hasSize(100_000);
    }

    @Test
    void writesNoStreamForHead() throws IOException {
        RawClient client = server.client().send("HEAD /down HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.headOnly().status()).isEqualTo(200);
        server.paths.at("/", x -> Response.text("fine"));
        assertThat(client.get("/").answer().text()).isEqualTo("fine");
        assertThat(moved).hasValue(0);
    }

    @Test
    void streamsFromAnEventLoopEndpointOnAWorker() throws IOException {
        server.paths
                .at(
                        "/loop",
                        x -> Response.stream(
                                "text/plain",
                                out -> out.write(
                                        Thread.currentThread().getName().getBytes(StandardCharsets.US_ASCII))))
                .eventLoop();
        RawClient client = server.client().get("/loop");
        assertThat(client.answer().text()).startsWith("worker-");
        assertThat(client.get("/loop").answer().text()).startsWith("worker-");
    }

    @Test
    void compressesStreamsAndFlushesThem() throws Exception {
        try (TestServer compressing = new TestServer()) {
            CountDownLatch seen = new CountDownLatch(1);
            compressing.paths.at(
                    "/",
                    x -> Response.stream("text/plain", out -> {
                        out.write("one".repeat(100).getBytes(StandardCharsets.US_ASCII));
                        out.flush();
                        awaitQuietly(seen);
                    }));
            RawClient client = compressing.client().send("GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n");
            assertThat(client.head()).contains("content-encoding: gzip").contains("vary: accept-encoding");
            byte[] some = new byte[10_000];
            int length = client.read(some);
            int start = new String(some, 0, length, StandardCharsets.ISO_8859_1).indexOf("\r\n") + 2;
            InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(some, start, length - start));
            assertThat(gzip.readNBytes(300)).hasSize(300);
            seen.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
