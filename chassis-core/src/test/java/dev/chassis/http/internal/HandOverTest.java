package dev.chassis.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.http.Response;
import dev.chassis.lifecycle.Workers;
import dev.chassis.time.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a worker has answered reaches its client, whatever else there is to compute. */
class HandOverTest {

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final int CLIENTS = 16;
    private static final int ENOUGH = 10 * HandlerPace.STREAK;

    private final Workers others = Workers.create("other", Math.max(CLIENTS, PROCESSORS));
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicBoolean gaveUp = new AtomicBoolean();

    @AfterEach
    void end() {
        answered.set(true);
        others.shutdown(Deadline.after(Duration.ofSeconds(10)));
    }

    @Test
    void anAnswerWaitsForNoTaskThatKeepsItsProcessor() throws Exception {
        try (TestServer server = new TestServer("io-threads", "1");
                RawClient client = server.client()) {
            server.paths.at("/quick", exchange -> Response.text("quick"));
            server.paths.at("/last", exchange -> {
                for (int i = 0; i < PROCESSORS; i++) {
                    others.execute(this::computeUntilAnswered); // ready to run when this returns
                }
                return Response.text("last");
            });
            for (int i = 0; i < ENOUGH; i++) {
                assertThat(client.get("/quick").answer().text()).isEqualTo("quick");
            }

            assertThat(client.get("/last").answer().text()).isEqualTo("last");

            assertThat(gaveUp).isFalse();
        }
    }

    /** Its pieces go to the loop by another way than what is handed over, which must not come first. */
    @Test
    void theEndOfAStreamedAnswerComesAfterItsPieces() throws Exception {
        try (TestServer server = new TestServer("io-threads", "1")) {
            CyclicBarrier together = new CyclicBarrier(CLIENTS);
            server.paths.at(
                    "/pieces",
                    exchange -> Response.stream("text/plain", out -> {
                        out.write('a');
                        out.flush();
                        await(together);
                        out.write('b');
                        out.flush();
                    }));
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                RawClient client = server.client();
                clients.add(CompletableFuture.runAsync(() -> askForPieces(client), others));
            }
            for (CompletableFuture<Void> client : clients) {
                client.get(60, TimeUnit.SECONDS);
            }
        }
    }

    private static void askForPieces(RawClient client) {
        try {
            for (int i = 0; i < ENOUGH; i++) {
                assertThat(client.get("/pieces").answer().text()).isEqualTo("ab");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CyclicBarrier barrier) throws IOException {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IOException(e);
        }
    }

    private void computeUntilAnswered() {
        long begun = System.nanoTime();
        while (!answered.get() && !gaveUp.get()) {
            gaveUp.compareAndSet(false, System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(5));
        }
    }
}
