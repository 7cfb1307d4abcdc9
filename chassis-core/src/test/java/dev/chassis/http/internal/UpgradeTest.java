package dev.chassis.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chassis.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection that leaves HTTP takes its bytes along and leaves nothing behind. */
class UpgradeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ASK =
            "GET /up HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

    private final EchoUpgrade echo = new EchoUpgrade(Integer.MAX_VALUE);
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = serving(echo);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void answers101AndHandsTheConnectionOver() throws Exception {
        RawClient client = server.client().send(ASK);
        RawClient.Answer answer = client.answer();
        assertThat(answer.head()).startsWith("HTTP/1.1 101 Switching Protocols\r\n");
        assertThat(answer.header("upgrade")).isEqualTo("websocket");
        assertThat(answer.headers("connection")).containsExactly("upgrade");
        assertThat(answer.headers("content-length")).isEmpty();
        assertEchoes(client, "hello");
        assertThat(server.http.inFlight()).isZero();
    }

    @Test
    void takesAlongWhatCameWithTheRequest() throws Exception {
        RawClient client = server.client().send(ASK + "GET / HTTP/1.1\r\n\r\n");
        client.answer();
        assertThat(read(client, 18)).isEqualTo("GET / HTTP/1.1\r\n\r\n");
        assertEchoes(client, "and more");
    }

    @Test
    void takesAlongMoreThanIsHeldForHttp() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        server.paths.at("/up", exchange -> {
            assertThat(sent.await(30, TimeUnit.SECONDS)).isTrue();
            return Response.upgrade(echo);
        });
        String much = "0123456789abcdef".repeat(16 * 1024);
        RawClient client = server.client().send(ASK + much.substring(0, 100_000));
        sent.countDown();
        client.send(much.substring(100_000));
        client.answer();
        assertThat(read(client, much.length())).isEqualTo(much);
    }

    @Test
    void upgradesFromTheEventLoopToo() throws Exception {
        server.paths.at("/up", exchange -> Response.upgrade(echo)).eventLoop();
        RawClient client = server.client().send(ASK + "early");
        assertThat(client.answer().status()).isEqualTo(101);
        assertThat(read(client, 5)).isEqualTo("early");
    }

    @Test
    void refusesWith503WhatIsNotClaimedAndGoesOnInHttp() throws Exception {
        EchoUpgrade none = new EchoUpgrade(0);
        server.paths.at("/up", exchange -> Response.upgrade(none));
        RawClient client = server.client().send(ASK);
        RawClient.Answer refused = client.answer();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("content-type")).isEqualTo("application/problem+json");
        assertThat(Integer.parseInt(refused.header("retry-after"))).isPositive();
        assertThat(client.get("/").answer().status()).isEqualTo(200);
        assertThat(none.taken).hasValue(0);
    }

    @Test
    void upgradesOnlyAGetOfHttp11WithoutABody() throws Exception {
        assertThat(server.client()
                        .send("HEAD /up HTTP/1.1\r\nHost: x\r\n\r\n")
                        .headOnly()
                        .status())
                .isEqualTo(400);
        assertThat(server.client()
                        .send("GET /up HTTP/1.0\r\nHost: x\r\n\r\n")
                        .answer()
                        .status())
                .isEqualTo(400);
        assertThat(server.client()
                        .send("GET /up HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx")
                        .answer()
                        .status())
                .isEqualTo(400);
        assertThat(echo.taken).hasValue(0);
    }

    @Test
    void noTimeOutOfHttpAppliesAnyMore() throws Exception {
        server.close();
        server = serving(echo, "keep-alive", "1s", "header-timeout", "1s", "write-timeout", "1s");
        RawClient client = server.client().send(ASK);
        client.answer();
        RawClient idle = server.client();
        assertThat(idle.isAtEnd()).isTrue(); // the sweep has come by, and has found an idle connection of HTTP
        assertEchoes(client, "still here");
    }

    @Test
    void countsAsAConnectionUntilItCloses() throws Exception {
        server.close();
        server = serving(echo, "max-connections", "1");
        RawClient client = server.client().send(ASK);
        client.answer();
        assertThat(server.client().isAtEnd()).isTrue();
        client.close();
        await().atMost(PATIENCE).until(() -> server.connections() == 0 && echo.open.get() == 0);
    }

    @Test
    void closesWhenThePeerHasClosedItsSide() throws Exception {
        RawClient client = server.client().send(ASK);
        client.answer();
        client.finishOutput();
        assertThat(client.isAtEnd()).isTrue();
        await().atMost(PATIENCE).until(() -> echo.open.get() == 0);
    }

    @Test
    void theDrainLeavesItAloneAndTheStopCutsIt() throws Exception {
        RawClient client = server.client().send(ASK);
        client.answer();
        server.http.announce();
        server.http.drain().toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertEchoes(client, "not cut");
        server.close();
        assertThat(echo.open).hasValue(0);
    }

    @Test
    void refusesAnUpgradeThatComesToBeAnsweredDuringTheDrain() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch draining = new CountDownLatch(1);
        server.paths.at("/up", exchange -> {
            asked.countDown();
            assertThat(draining.await(30, TimeUnit.SECONDS)).isTrue();
            return Response.upgrade(echo);
        });
        RawClient client = server.client().send(ASK);
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        var drained = server.http.drain().toCompletableFuture();
        draining.countDown();
        RawClient.Answer refused = client.answer();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("connection")).isEqualTo("close");
        drained.get(30, TimeUnit.SECONDS);
        assertThat(echo.taken).hasValue(0);
    }

    private static TestServer serving(EchoUpgrade echo, String... config) throws Exception {
        TestServer made = new TestServer(config);
        made.paths.at("/up", exchange -> Response.upgrade(echo));
        made.paths.at("/", exchange -> Response.text("ok"));
        return made;
    }

    private static void assertEchoes(RawClient client, String text) throws IOException {
        client.send(text);
        assertThat(read(client, text.length())).isEqualTo(text);
    }

    private static String read(RawClient client, int length) throws IOException {
        byte[] bytes = new byte[length];
        int at = 0;
        while (at < length) {
            byte[] piece = new byte[length - at];
            int count = client.read(piece);
            if (count < 0) {
                break;
            }
            System.arraycopy(piece, 0, bytes, at, count);
            at += count;
        }
        return new String(Arrays.copyOf(bytes, at), StandardCharsets.ISO_8859_1);
    }
}
