package dev.chassis.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chassis.http.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TimeoutsTest {

    @Test
    void answers408ToAHeadThatNeverEnds() throws Exception {
        try (TestServer server = new TestServer("header-timeout", "100ms")) {
            RawClient client = server.client().send("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
            assertThat(client.answer().status()).isEqualTo(408);
            assertThat(client.isAtEnd()).isTrue();
            assertThat(server.refused("slow_client")).isEqualTo(1);
        }
    }

    @Test
    void givesAHeadNoMoreTimeForComingInDrops() throws Exception {
        try (TestServer server = new TestServer("header-timeout", "200ms")) {
            RawClient client = server.client();
            Thread drops = new Thread(() -> {
                try {
                    client.send("GET / HTTP/1.1\r\nHost: x\r\n");
                    while (!Thread.interrupted()) {
                        client.send("X-A: a\r\n");
                        TimeUnit.MILLISECONDS.sleep(50);
                    }
                } catch (IOException | InterruptedException over) {
                    // The server has had enough.
                }
            });
            drops.start();
            assertThat(client.answer().status()).isEqualTo(408);
            drops.interrupt();
            drops.join();
        }
    }

    @Test
    void doesNotCountTheIdleTimeBeforeAHead() throws Exception {
        try (TestServer server = new TestServer("header-timeout", "50ms")) {
            server.paths.at("/", x -> Response.text("fine"));
            RawClient client = server.client();
            RawClient other = server.client().send("GET");
            assertThat(other.answer().status()).isEqualTo(408); // so the time is over for sure
            assertThat(client.get("/").answer().status()).isEqualTo(200);
        }
    }

    @Test
    void answers408ToABodyThatMakesNoProgress() throws Exception {
        try (TestServer server = new TestServer("body-timeout", "100ms")) {
            server.paths.at("/", x -> Response.text("fine"));
            RawClient client = server.client().send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
            assertThat(client.answer().status()).isEqualTo(408);
            assertThat(client.isAtEnd()).isTrue();
            await().until(() -> server.http.inFlight() == 0);
        }
    }

    @Test
    void failsAStreamedBodyThatMakesNoProgress() throws Exception {
        try (TestServer server = new TestServer("body-timeout", "100ms")) {
            server.paths
                    .at("/", x -> Response.text("" + x.bodyStream().readAllBytes().length))
                    .streamed();
            RawClient client = server.client().send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.text()).contains("IOException");
            assertThat(answer.header("connection")).isEqualTo("close");
        }
    }

    @Test
    void closesIdleConnectionsPolitely() throws Exception {
        try (TestServer server = new TestServer("keep-alive", "1s")) {
            server.paths.at("/", x -> Response.text("fine"));
            RawClient used = server.client();
            used.get("/").answer();
            RawClient unused = server.client();
            assertThat(used.isAtEnd()).isTrue();
            assertThat(unused.isAtEnd()).isTrue();
            used.close();
            unused.close();
            await().until(() -> server.connections() == 0);
        }
    }

    @Test
    void answers503WhenTheHandlerTakesTooLongAndInterruptsIt() throws Exception {
        AtomicBoolean interrupted = new AtomicBoolean();
        try (TestServer server = new TestServer()) {
            server.paths
                    .at("/", x -> {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            interrupted.set(true);
                        }
                        return Response.text("too late");
                    })
                    .timeout(Duration.ofMillis(100));
            server.paths.at(
                    "/next", x -> Response.text("" + Thread.currentThread().isInterrupted()));
            RawClient client = server.client().get("/");
            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text()).contains("\"by\":\"/\"");
            await().untilTrue(interrupted);
            await().until(() -> server.http.inFlight() == 0);
            // The connection goes on, and the late answer is nowhere.
            assertThat(client.get("/next").answer().text()).isEqualTo("false");
            assertThat(server.refused("request_timeout")).isEqualTo(1);
        }
    }

    @Test
    void countsAHandlerThatIgnoresItsInterruption() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (TestServer server = new TestServer("max-in-flight", "1", "max-queued", "0")) {
            server.paths
                    .at("/", x -> {
                        awaitWhateverHappens(go);
                        return Response.text("too late");
                    })
                    .timeout(Duration.ofMillis(100));
            RawClient client = server.client();
            assertThat(client.get("/").answer().text()).contains("took too long");
            assertThat(server.http.inFlight()).isEqualTo(1);
            assertThat(client.get("/").answer().text()).contains("Too many");
            go.countDown();
            await().until(() -> server.http.inFlight() == 0);
        } finally {
            go.countDown();
        }
    }

    private static void awaitWhateverHappens(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException ignoredOnPurpose) {
                // This handler is stubborn.
            }
        }
    }

    @Test
    void resetsAClientThatTakesNothingOfALongAnswer() throws Exception {
        try (TestServer server = new TestServer("write-timeout", "200ms")) {
            byte[] huge = new byte[50_000_000];
            server.paths.at("/", x -> Response.bytes("application/octet-stream", huge));
            server.paths
                    .at("/loop", x -> Response.bytes("application/octet-stream", huge))
                    .eventLoop();
            for (String path : new String[] {"/", "/loop"}) {
                try (RawClient client = new RawClient(server.http.port(), 4096)) {
                    client.get(path);
                    await().until(() -> server.http.inFlight() == 1);
                    await().until(() -> server.http.inFlight() == 0);
                    await().until(() -> server.connections() == 0);
                }
            }
        }
    }
}
