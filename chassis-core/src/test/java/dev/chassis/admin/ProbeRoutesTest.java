package dev.chassis.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.health.Health;
import dev.chassis.health.HealthRegistry;
import dev.chassis.health.ManualTicker;
import dev.chassis.health.Probes;
import dev.chassis.health.Probes.Phase;
import org.junit.jupiter.api.Test;

/** The probes as the main port shows them. */
class ProbeRoutesTest {

    private final HealthRegistry health = new HealthRegistry(new ManualTicker());
    private final Probes probes = new Probes(health);
    private final TestServer server = TestServer.of(new ProbeRoutes(probes));

    @Test
    void isAliveAndNeitherStartedNorReadyWhileItStarts() {
        assertThat(server.get("/livez").status()).isEqualTo(200);
        assertThat(server.get("/startupz").status()).isEqualTo(503);
        assertThat(server.get("/readyz").status()).isEqualTo(503);
    }

    @Test
    void isAllOfItWhenReady() {
        probes.phase(Phase.READY);
        assertThat(server.get("/livez").status()).isEqualTo(200);
        assertThat(server.get("/startupz").status()).isEqualTo(200);
        assertThat(server.get("/readyz").status()).isEqualTo(200);
    }

    @Test
    void isAliveStartedAndNotReadyWhileItDrains() {
        probes.phase(Phase.READY);
        probes.phase(Phase.DRAINING);
        assertThat(server.get("/livez").status()).isEqualTo(200);
        assertThat(server.get("/startupz").status()).isEqualTo(200);
        assertThat(server.get("/readyz").status()).isEqualTo(503);
    }

    @Test
    void saysNothingButTheStatus() {
        health.register("secret-dependency", () -> Health.down("refused"));
        probes.phase(Phase.READY);
        TestServer.Answer answer = server.get("/readyz");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"DEGRADED\"}");
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
    }

    @Test
    void staysOnTheEventLoop() {
        assertThat(server.onEventLoop()).containsExactlyInAnyOrder("GET /livez", "GET /readyz", "GET /startupz");
        assertThat(server.endpoints()).isEqualTo(server.onEventLoop());
    }
}
