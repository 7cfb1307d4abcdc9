package dev.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.lifecycle.Component;
import dev.chassis.time.Deadline;
import java.util.List;
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

    private record Part(String name, List<Component> dependsOn) implements Component {

        @Override
        public void start(Deadline deadline) {}

        @Override
        public void stop(Deadline deadline) {}
    }
}
