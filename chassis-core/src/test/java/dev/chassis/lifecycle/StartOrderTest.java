package dev.chassis.lifecycle;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StartOrderTest {

    private final List<String> journal = Part.journal();

    @Test
    void refusesTwoComponentsOfOneName() {
        assertThatThrownBy(() -> new StartOrder(List.of(part("db", Stage.RESOURCE), part("db", Stage.EGRESS))))
                .hasMessageContaining("component name: db (expected: unique;");
    }

    @Test
    void refusesADependencyThatWasNotAdded() {
        Part forgotten = part("forgotten", Stage.RESOURCE);

        assertThatThrownBy(
                        () -> new StartOrder(List.of(part("http", Stage.INGRESS).holding(forgotten))))
                .hasMessage("component http depends on forgotten, which was not added to the service");
    }

    @Test
    void refusesADependencyOnALaterStage() {
        Part http = part("http", Stage.INGRESS);

        assertThatThrownBy(() ->
                        new StartOrder(List.of(http, part("db", Stage.RESOURCE).holding(http))))
                .hasMessage("component db of stage RESOURCE depends on http of the later stage INGRESS");
    }

    @Test
    void refusesACircle() {
        Part a = part("a", Stage.RESOURCE);
        Part b = part("b", Stage.RESOURCE).holding(a);
        a.holding(b);

        assertThatThrownBy(() -> new StartOrder(List.of(a, b, part("c", Stage.RESOURCE))))
                .hasMessage("components depend on each other in a circle: a, b");
    }

    private Part part(String name, Stage stage) {
        return new Part(name, stage, journal);
    }
}
