package dev.chassis.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chassis.http.Response;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OverloadTest {

    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();

    @SuppressWarnings("NullAway.Init") // each test starts its own with start()
    private TestServer server;

    private void start(String... config) throws Exception {
        server = new TestServer(config);
        server.paths.at("/slow", x -> {
            running.incrementAndGet();
            go.await(20, TimeUnit.SECONDS);
            return Response.text("slow");
        });
        server.paths.at("/health", x -> Response.text("well")).unsheddable();
        server.paths.at("/loop", x -> Response.text("loop")).eventLoop();
    }

    @AfterEach
    void stop() throws Exception {
        go.countDown();
        server.close();
    }

    @Test
    void refusesWhatFitsNeitherHandlersNorQueue() throws Exception {
        start("max-in-flight", "2", "max-queued", "1", "queue-timeout", "20s", "retry-after", "3s");
        RawClient first = server.client().get("/slow");
        RawClient second = server.client().get("/slow");
        await().until(() -> running.get() == 2);
        RawClient waiting = server.client().get("/slow");
        await().until(() -> server.queued() == 1);
        RawClient refused = server.client().get("/slow");
        RawClient.Answer answer = refused.answer();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(Integer.parseInt(answer.header("retry-after"))).isBetween(3, 6);
        assertThat(answer.headers("connection")).isEmpty();
        assertThat(server.refused("overload")).isEqualTo(1);

        assertThat(refused.get("/health").answer().text()).isEqualTo("well");
        assertThat(refused.get("/loop").answer().text()).isEqualTo("loop");

        go.countDown();
        for (RawClient client : new RawClient[] {first, second, waiting}) {
            assertThat(client.answer().text()).isEqualTo("slow");
        }
        await().until(() -> server.http.inFlight() == 0);
        assertThat(refused.get("/slow").answer().text()).isEqualTo("slow");
    }

    @Test
    void refusesWhatWaitsForTooLong() throws Exception {
        start("max-in-flight", "1", "queue-timeout", "100ms");
        RawClient first = server.client().get("/slow");
        await().until(() -> running.get() == 1);
        RawClient.Answer answer = server.client().get("/slow").answer();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isNotEmpty();
        assertThat(server.refused("queue_timeout")).isEqualTo(1);
        await().until(() -> server.http.inFlight() == 1);
        go.countDown();
        assertThat(first.answer().text()).isEqualTo("slow");
    }

    @Test
    void neverRunsTheHandlerOfAClientThatVanishesWhileItWaits() throws Exception {
        start("max-in-flight", "1", "queue-timeout", "20s");
        RawClient first = server.client().get("/slow");
        await().until(() -> running.get() == 1);
        RawClient waiting = server.client().get("/slow");
        await().until(() -> server.queued() == 1);
        waiting.vanish();
        await().until(() -> server.queued() == 0 && server.http.inFlight() == 1);
        go.countDown();
        assertThat(first.answer().text()).isEqualTo("slow");
        await().until(() -> server.http.inFlight() == 0);
        assertThat(running).hasValue(1);
    }

    @Test
    void closesConnectionsBeyondTheLimit() throws Exception {
        start("max-connections", "2");
        RawClient first = server.client();
        assertThat(first.get("/loop").answer().text()).isEqualTo("loop");
        server.client().get("/loop").answer();
        assertThat(endsOrIsReset(server.client())).isTrue();
        assertThat(server.refused("connections")).isEqualTo(1);
        first.close();
        await().until(() -> server.connections() == 1);
        assertThat(server.client().get("/loop").answer().text()).isEqualTo("loop");
    }

    private static boolean endsOrIsReset(RawClient client) {
        try {
            return client.isAtEnd();
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void losesNoPlaceUnderLoad() throws Exception {
        start("max-in-flight", "3", "max-queued", "2", "queue-timeout", "50ms");
        go.countDown();
        Thread[] loads = new Thread[16];
        AtomicInteger wrong = new AtomicInteger();
        for (int i = 0; i < loads.length; i++) {
            RawClient client = server.client();
            loads[i] = new Thread(() -> load(client, wrong));
            loads[i].start();
        }
        for (Thread load : loads) {
            load.join();
        }
        assertThat(wrong).hasValue(0);
        await().until(() -> server.http.inFlight() == 0);
        assertThat(server.queued()).isZero();
        RawClient client = server.client();
        for (int i = 0; i < 3; i++) {
            assertThat(client.get("/slow").answer().status()).isEqualTo(200);
        }
    }

    private static void load(RawClient client, AtomicInteger wrong) {
        try {
            for (int i = 0; i < 200; i++) {
                int status = client.get("/slow").answer().status();
                if (status != 200 && status != 503) {
                    wrong.incrementAndGet();
                }
            }
        } catch (IOException e) {
            wrong.incrementAndGet();
        }
    }
}
