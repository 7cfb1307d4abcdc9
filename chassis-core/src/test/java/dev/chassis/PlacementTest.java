package dev.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.ecs.EcsMetadata;
import dev.chassis.ecs.EcsTask;
import dev.chassis.ecs.FakeAgent;
import dev.chassis.lifecycle.LogControl;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Recorded logs = new Recorded();

    @Test
    void linesMetersAndTheAdminPortTellTheTask() throws Exception {
        try (FakeAgent agent = new FakeAgent()) {
            Placement placement = placed(agent);

            assertThat(logs.fields)
                    .containsOnly(
                            Map.entry("task", "0e5f0b1c2d3e4f5a6b7c8d9e0f1a2b3c"),
                            Map.entry("zone", "eu-west-1b"),
                            Map.entry("task_definition", "orders:42"));
            assertThat(logs.driver).isEqualTo("awslogs");
            assertThat(meters.get("chassis.task.info")
                            .tags("zone", "eu-west-1b", "cluster", "games")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(placement.task().map(EcsTask::describe).orElseThrow())
                    .containsEntry("task_definition", "orders:42");
        }
    }

    @Test
    void linesThatCannotBeToldDoNotKeepTheMetersFromIt() throws Exception {
        logs.refusal = new IllegalArgumentException("field task");
        try (FakeAgent agent = new FakeAgent()) {
            placed(agent);

            assertThat(meters.find("chassis.task.info").gauge()).isNotNull();
        }
    }

    @Test
    void whatIsNotKnownIsNotTold() {
        Placement placement = new Placement(CompletableFuture.completedFuture(Optional.empty()));

        placement.tell(Optional.of(logs), meters);

        assertThat(logs.fields).isNull();
        assertThat(meters.getMeters()).isEmpty();
        assertThat(placement.task()).isEmpty();
    }

    private Placement placed(FakeAgent agent) throws Exception {
        CompletableFuture<Optional<EcsTask>> read =
                EcsMetadata.read(agent.environment()).toCompletableFuture();
        read.get(1, TimeUnit.MINUTES); // so that all is told by this thread
        Placement placement = new Placement(read);
        placement.tell(Optional.of(logs), meters);
        return placement;
    }

    /** Remembers what it was told. */
    private static final class Recorded implements LogControl {

        private @Nullable Map<String, String> fields;
        private @Nullable String driver;
        private @Nullable RuntimeException refusal;

        @Override
        public void configure(Map<String, String> settings, Map<String, String> commonFields) {}

        @Override
        public void place(Map<String, String> given, @Nullable String logDriver) {
            if (refusal != null) {
                throw refusal;
            }
            fields = given;
            driver = logDriver;
        }

        @Override
        public Map<String, String> levels() {
            return Map.of();
        }

        @Override
        public void setLevel(String logger, String level) {}

        @Override
        public void flush(Deadline deadline) {}
    }
}
