package dev.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.health.Health;
import dev.chassis.health.HealthCheck;
import dev.chassis.lifecycle.Component;
import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RehearsedTest {

    @Test
    void whatAPartHoldsIsRehearsedBeforeIt() {
        Component pool = new Part("pool", List.of());
        Component bus = new Part("bus", List.of(pool));

        List<Component> rehearsed = Rehearsed.all(List.of(bus, pool));

        assertThat(rehearsed).extracting(Component::name).containsExactly("bus", "pool");
        assertThat(rehearsed.get(0).dependsOn()).containsExactly(rehearsed.get(1));
    }

    @Test
    void aPartIsRehearsedAfterReadyToo() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Component part = new Part("pool", List.of()) {
            @Override
            public void afterReady() {
                calls.incrementAndGet();
            }
        };

        Rehearsed.all(List.of(part)).get(0).afterReady();

        assertThat(calls).hasValue(1);
    }

    @Test
    void aPartIsAskedForItsHealthOnceItServes() throws Exception {
        Component part = new Part("pool", List.of()) {
            @Override
            public Health health() {
                return Health.down("full");
            }

            @Override
            public List<HealthCheck> healthChecks() {
                return List.of(new Check("pool"));
            }
        };
        Component rehearsed = Rehearsed.all(List.of(part)).get(0);

        assertThat(rehearsed.healthChecks()).isEmpty();
        assertThat(rehearsed.health().status()).isEqualTo(Health.Status.UP);

        rehearsed.start(Deadline.after(Duration.ofSeconds(30)));

        assertThat(rehearsed.healthChecks()).hasSize(1);
        assertThat(rehearsed.health().status()).isEqualTo(Health.Status.DOWN);
    }

    private record Check(String name) implements HealthCheck {

        @Override
        public Health check() {
            return Health.up();
        }
    }

    private static class Part implements Component {

        private final String name;
        private final List<Component> dependsOn;

        Part(String name, List<Component> dependsOn) {
            this.name = name;
            this.dependsOn = dependsOn;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<Component> dependsOn() {
            return dependsOn;
        }

        @Override
        public void start(Deadline deadline) {}

        @Override
        public void stop(Deadline deadline) {}
    }
}
