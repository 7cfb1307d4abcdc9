package ${package};

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.Service;
import dev.chassis.http.Response;
import dev.chassis.lifecycle.DrainPhase;
import dev.chassis.lifecycle.DrainReport;
import dev.chassis.lifecycle.LifecycleEvent.DrainPhaseEntered;
import dev.chassis.testing.ChassisExtension;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What ECS does on every deployment: the service is told to stop while it works. */
@Timeout(60)
class DrainTest {

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

    @RegisterExtension
    final ChassisExtension service = ChassisExtension.of("${artifactId}", this::assemble);

    @Test
    void answersWhatItHasAcceptedBeforeItStops() throws Exception {
        var response = CompletableFuture.supplyAsync(() -> service.client().get("/slow"));
        arrived.await();

        var report = service.service().drain("SIGTERM").toCompletableFuture();
        service.events().await(new DrainPhaseEntered(DrainPhase.AWAIT));
        answer.countDown();

        assertThat(response.get().status()).isEqualTo(200);
        assertThat(report.get().verdict()).isEqualTo(DrainReport.Verdict.CLEAN);
    }

    private void assemble(Service service) {
        Application.assemble(service);
        service.http(routes -> routes.get("/slow", request -> {
            arrived.countDown();
            answer.await();
            return Response.text("done");
        }));
    }
}
