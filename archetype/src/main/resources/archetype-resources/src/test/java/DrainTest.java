package ${package};

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.Service;
#if($kind == "http")
import dev.chassis.http.Response;
#end
import dev.chassis.lifecycle.DrainPhase;
import dev.chassis.lifecycle.DrainReport;
import dev.chassis.lifecycle.LifecycleEvent.DrainPhaseEntered;
#if($kind == "worker")
import dev.chassis.messaging.Message;
import dev.chassis.messaging.Outcome;
import dev.chassis.messaging.Publisher;
import dev.chassis.messaging.RabbitConnection;
#end
import dev.chassis.testing.ChassisExtension;
#if($kind == "worker")
import java.util.Map;
import java.util.UUID;
#else
import java.util.concurrent.CompletableFuture;
#end
import java.util.concurrent.CountDownLatch;
#if($kind == "worker")
import java.util.concurrent.atomic.AtomicInteger;
#end
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What ECS does on every deployment: the service is told to stop while it works. */
@Timeout(60)
class DrainTest {

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

#if($kind == "http")
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
#else
    private final String queue = "${artifactId}.slow-" + UUID.randomUUID();
    private final AtomicInteger finished = new AtomicInteger();
    private Publisher publisher;

    @RegisterExtension
    final ChassisExtension service = ChassisExtension.of("${artifactId}", this::assemble);

    @Test
    void finishesTheMessageItHasBegunBeforeItStops() throws Exception {
        publisher.publish(queue, Message.json("work")).toCompletableFuture().get();
        arrived.await();

        var report = service.service().drain("SIGTERM").toCompletableFuture();
        service.events().await(new DrainPhaseEntered(DrainPhase.AWAIT));
        answer.countDown();

        assertThat(report.get().verdict()).isEqualTo(DrainReport.Verdict.CLEAN);
        assertThat(finished).hasValue(1);
    }

    /** Beside the service's own queue one that is slow, on a connection of its own; unused for a minute, it is gone. */
    private void assemble(Service service) {
        Application.assemble(service);
        RabbitConnection rabbit = service.add(RabbitConnection.from(service, "slow")
                .topology(topology -> topology.queue(queue, Map.of("x-expires", 60_000))));
        publisher = service.add(rabbit.publisher(""));
        service.add(rabbit.consumer(queue, delivery -> {
            arrived.countDown();
            answer.await();
            finished.incrementAndGet();
            return Outcome.ack();
        }).declaringNothing());
    }
}
#end
