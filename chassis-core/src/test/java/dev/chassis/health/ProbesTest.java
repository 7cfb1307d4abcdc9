package dev.chassis.health;

import static dev.chassis.health.Health.Status.DEGRADED;
import static dev.chassis.health.Health.Status.DOWN;
import static dev.chassis.health.Health.Status.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.health.Probes.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProbesTest {

    private final HealthRegistry registry = new HealthRegistry(new ManualTicker(), (name, run) -> run.run());
    private final Probes probes = new Probes(registry);

    @ParameterizedTest
    @EnumSource(Phase.class)
    void livenessIsAlwaysYes(Phase phase) {
        registry.register(new TestCheck("db", true).answers(() -> Health.down("refused")));
        registry.tick();
        probes.phase(phase);
        assertThat(probes.liveness().ok()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void readinessIsYesInPhaseReadyOnly(Phase phase) {
        probes.phase(phase);
        assertThat(probes.readiness().ok()).isEqualTo(phase == Phase.READY);
        assertThat(probes.readiness().reasons()).hasSize(phase == Phase.READY ? 0 : 1);
    }

    @Test
    void readinessIsNoWhileACriticalCheckIsDown() {
        ready(new TestCheck("db", true).answers(() -> Health.down("refused")));
        assertThat(probes.readiness().status()).isEqualTo(DOWN);
        assertThat(probes.readiness().reasons()).containsExactly("db is DOWN: refused");
    }

    @Test
    void readinessIsNoWhileACriticalCheckHasNotRunYet() {
        registry.register(new TestCheck("db", true));
        probes.phase(Phase.READY);
        assertThat(probes.readiness().reasons()).containsExactly("db is DOWN: not yet run");
        assertThat(probes.readiness().ok()).isFalse();
    }

    @Test
    void readinessIsDegradedAndYesWhileAnotherCheckIsDown() {
        ready(new TestCheck("cache", false).answers(() -> Health.down("refused")));
        assertThat(probes.readiness().status()).isEqualTo(DEGRADED);
        assertThat(probes.readiness().ok()).isTrue();
        assertThat(probes.readiness().reasons()).containsExactly("cache is DOWN: refused");
    }

    @Test
    void aCriticalCheckThatIsDownIsNotHiddenByAMilderReadingAfterIt() {
        registry.register("a", () -> Health.degraded("slow"));
        registry.register("z", () -> Health.degraded("slow"));
        ready(new TestCheck("m", true).answers(() -> Health.down("refused")));
        assertThat(probes.readiness().status()).isEqualTo(DOWN);
        assertThat(probes.readiness().reasons()).hasSize(3);
    }

    @Test
    void readinessIsYesAndDegradedWhileACriticalCheckIsDegraded() {
        ready(new TestCheck("db", true).answers(() -> Health.degraded("replica away")));
        assertThat(probes.readiness().status()).isEqualTo(DEGRADED);
    }

    @Test
    void startupIsYesOnceReadyAndForEver() {
        assertThat(probes.startup().ok()).isFalse();
        assertThat(probes.startup().reasons()).containsExactly("the service is starting");
        probes.phase(Phase.READY);
        assertThat(probes.startup().status()).isEqualTo(UP);
        probes.phase(Phase.DRAINING);
        assertThat(probes.startup().ok()).isTrue();
        probes.phase(Phase.STOPPED);
        assertThat(probes.startup().ok()).isTrue();
    }

    @Test
    void startupStaysNoIfTheStartFailed() {
        probes.phase(Phase.STOPPED);
        assertThat(probes.startup().ok()).isFalse();
    }

    @Test
    void thePhaseNeverGoesBackWhenNewsOvertakeEachOther() {
        probes.phase(Phase.DRAINING);
        probes.phase(Phase.READY);
        assertThat(probes.phase()).isEqualTo(Phase.DRAINING);
        assertThat(probes.readiness().ok()).isFalse();
        assertThat(probes.startup().ok()).isTrue();
    }

    private void ready(HealthCheck check) {
        registry.register(check);
        registry.tick();
        probes.phase(Phase.READY);
    }
}
