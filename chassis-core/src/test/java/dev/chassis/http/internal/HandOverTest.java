package dev.chassis.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.http.Response;
import dev.chassis.lifecycle.Workers;
import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a worker has answered reaches its client, whatever else there is to compute. */
class HandOverTest {

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final int ENOUGH = 10 * HandlerPace.STREAK;

    private final Workers others = Workers.create("other", PROCESSORS);
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

    private void computeUntilAnswered() {
        long begun = System.nanoTime();
        while (!answered.get() && !gaveUp.get()) {
            gaveUp.compareAndSet(false, System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(5));
        }
    }
}
