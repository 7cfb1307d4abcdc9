package dev.chassis.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.chassis.RunningService;
import dev.chassis.http.Response;
import dev.chassis.lifecycle.DrainPhase;
import dev.chassis.lifecycle.DrainReport;
import dev.chassis.lifecycle.LifecycleEvent.DrainPhaseEntered;
import dev.chassis.lifecycle.LifecycleEvent.Ready;
import dev.chassis.lifecycle.ServiceState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class ChassisExtensionTest {

    private static final Logger LOG = LoggerFactory.getLogger("greeter");

    @RegisterExtension
    static final ChassisExtension shared = ChassisExtension.of(
            "shared",
            service -> service.http(routes -> routes.get("/greetings/{name}", request -> {
                LOG.info("greeting {}", request.path("name"));
                return Response.text("Hello, " + request.path("name"));
            })));

    private static RunningService first;

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

    @RegisterExtension
    final ChassisExtension own = ChassisExtension.of(
            "own",
            service -> service.http(routes -> routes.get("/slow", request -> {
                arrived.countDown();
                answer.await();
                return Response.text("done");
            })));

    @RegisterExtension
    final ChassisExtension silent =
            ChassisExtension.of("silent", service -> {}).config("chassis.admin.enabled", "false");

    @BeforeAll
    static void remember() {
        first = shared.service();
    }

    @Test
    void asksARunningServiceOverHttp() {
        assertThat(shared.service().state()).isEqualTo(ServiceState.READY);
        assertThat(shared.client().get("/greetings/Asha").body()).isEqualTo("Hello, Asha");
        assertThat(shared.admin().get("/metrics").status()).isEqualTo(200);
    }

    @Test
    void seesTheLogLinesOfARequestWithItsCorrelationId() {
        shared.client().with("x-correlation-id", "abc-1").get("/greetings/Ben");

        JsonNode line = shared.logs().await("greeting Ben");
        assertThat(line.path("correlation_id").asString()).isEqualTo("abc-1");
    }

    @Test
    void recordsWhatHappenedSinceTheServiceWasAssembled() {
        assertThat(own.events().all(Ready.class)).hasSize(1);
        assertThat(own.events().all(DrainPhaseEntered.class)).isEmpty();
    }

    /** Twice, because the second must find a service of its own that is ready. */
    @RepeatedTest(2)
    void drainsItsOwnServiceInTheMiddleOfARequest() throws Exception {
        var response = CompletableFuture.supplyAsync(() -> own.client().get("/slow"));
        arrived.await();

        var report = CompletableFuture.supplyAsync(own::drain);
        own.events().await(new DrainPhaseEntered(DrainPhase.AWAIT));
        answer.countDown();

        assertThat(response.get().body()).isEqualTo("done");
        assertThat(report.get().verdict()).isEqualTo(DrainReport.Verdict.CLEAN);
        assertThat(report.get().inFlightAtStart()).isNotEmpty();
        assertThat(own.drain()).isSameAs(report.get());
        assertThat(own.service().state()).isEqualTo(ServiceState.STOPPED);
    }

    @Test
    void saysThatAServiceHasNoPort() {
        assertThatIllegalStateException()
                .isThrownBy(() -> silent.client().get("/"))
                .withMessageContaining("silent");
        assertThatIllegalStateException()
                .isThrownBy(() -> silent.admin().get("/"))
                .withMessageContaining("silent");
    }

    @Test
    void saysThatItIsNotRunningOutsideATest() {
        ChassisExtension idle = ChassisExtension.of("idle", service -> {});
        assertThatIllegalStateException().isThrownBy(idle::service).withMessageStartingWith("idle is not running");
    }

    @Nested
    class InANestedClass {

        @Test
        void theServiceOfTheOuterClassIsUsed() {
            assertThat(shared.service()).isSameAs(first);
        }

        @Nested
        class AndInOneBelow {

            @Test
            void itIsStillTheSame() {
                assertThat(shared.service()).isSameAs(first);
                assertThat(shared.client().get("/greetings/Cleo").status()).isEqualTo(200);
            }
        }
    }
}
