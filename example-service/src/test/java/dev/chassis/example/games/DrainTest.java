package dev.chassis.example.games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chassis.lifecycle.DrainReport;
import dev.chassis.testing.ChassisExtension;
import dev.chassis.testing.TestClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A rolling deployment: clients write all the time, one task drains, the load balancer sends them to the other. */
@Timeout(120)
class DrainTest {

    private static final int CLIENTS = 6;
    private static final int ENOUGH = 100;

    @RegisterExtension
    @Order(1)
    final Playground playground = new Playground();

    @RegisterExtension
    @Order(2)
    final ChassisExtension old = playground.task().config("chassis.drain.quiet-period", "500ms");

    @RegisterExtension
    @Order(3)
    final ChassisExtension next = playground.task();

    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final AtomicInteger created = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private volatile TestClient target;
    private volatile boolean enough;

    @BeforeEach
    void sendEverybodyToTheOldTask() {
        target = old.client();
    }

    @AfterEach
    void endClients() {
        clients.shutdownNow();
    }

    @Test
    void noRequestFailsAndNothingThatWasAnsweredIsLost() throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            int client = i;
            clients.execute(() -> register(client));
        }
        await().until(() -> created.get() > ENOUGH);

        CompletableFuture<DrainReport> drained = old.service().drain("SIGTERM").toCompletableFuture();
        int before = created.get();
        await().until(() -> created.get() > before + CLIENTS); // a balancer is late: the draining task still serves
        target = next.client();
        DrainReport report = drained.get(60, TimeUnit.SECONDS);
        int after = created.get();
        await().until(() -> created.get() > after + ENOUGH);
        enough = true;
        clients.shutdown();

        assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(failures).isEmpty();
        assertThat(report.verdict()).isEqualTo(DrainReport.Verdict.CLEAN);
        assertThat(playground.number("select count(*) from games.player")).isEqualTo(created.get());
    }

    private void register(int client) {
        for (int i = 0; !enough && failures.isEmpty(); i++) {
            String name = "Player " + client + "-" + i;
            try {
                int status = target.post("/players", Map.of("name", name)).status();
                if (status == 201) {
                    created.incrementAndGet();
                } else {
                    failures.add(name + ": " + status);
                }
            } catch (RuntimeException e) {
                failures.add(name + ": " + e);
            }
        }
    }
}
