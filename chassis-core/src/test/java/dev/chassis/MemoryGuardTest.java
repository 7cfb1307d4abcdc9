package dev.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.chassis.ecs.EcsTask;
import dev.chassis.ecs.EcsTasks;
import dev.chassis.lifecycle.StartConfig;
import dev.chassis.time.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryGuardTest {

    private static final long MIB = 1024L * 1024;

    @TempDir
    private Path groups;

    @Test
    void aHeapAsLargeAsTheTaskIsRefusedWithTheFlagToSet() {
        assertThatThrownBy(() -> start(512, 512, StartConfig.OnHeapExcess.REFUSE))
                .hasMessageContaining("may grow to 512 MiB, there are 512 MiB of the task")
                .hasMessageContaining("-Xmx332m")
                .hasMessageContaining("chassis.start.on-heap-excess");
    }

    @Test
    void aSmallerHeapIsNot() {
        assertThatCode(() -> start(511, 512, StartConfig.OnHeapExcess.REFUSE)).doesNotThrowAnyException();
    }

    @Test
    void itIsOnlyToldOnRequest() {
        assertThatCode(() -> start(512, 512, StartConfig.OnHeapExcess.WARN)).doesNotThrowAnyException();
    }

    @Test
    void theContainersControlGroupCountsWhereItIsLess() throws IOException {
        Files.writeString(groups.resolve("memory.max"), 256 * MIB + "\n");

        assertThatThrownBy(() -> start(300, 512, StartConfig.OnHeapExcess.REFUSE))
                .hasMessageContaining("256 MiB of the control group");
    }

    @Test
    void aTaskThatBecomesKnownWhileTheStartWaitsCounts() throws Exception {
        CompletableFuture<Optional<EcsTask>> late = new CompletableFuture<>();
        MemoryGuard guard = guard(new Placement(late), 512, StartConfig.OnHeapExcess.REFUSE);
        FutureTask<Void> start = new FutureTask<>(() -> {
            guard.start(Deadline.after(Duration.ofMinutes(1)));
            return null;
        });
        Thread starting = new Thread(start);
        starting.start();
        await().until(() -> starting.getState() == Thread.State.TIMED_WAITING);

        late.complete(Optional.of(EcsTasks.of(512, "awslogs", Map.of())));

        assertThatThrownBy(start::get).hasMessageContaining("there are 512 MiB of the task");
    }

    @Test
    void aTaskThatIsNeverKnownDoesNotKeepAStartFromGoingOn() {
        MemoryGuard guard = guard(new Placement(new CompletableFuture<>()), 1L << 30, StartConfig.OnHeapExcess.REFUSE);

        assertThatCode(() -> guard.start(Deadline.after(Duration.ofMinutes(1)))).doesNotThrowAnyException();
        assertThatCode(() -> guard.start(Deadline.after(Duration.ZERO))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "memory.max, 536870912, 536870912",
        "memory.max, max,",
        "memory/memory.limit_in_bytes, 268435456, 268435456",
        "memory/memory.limit_in_bytes, 9223372036854771712,"
    })
    void readsBothVersionsOfControlGroups(String file, String text, Long expected) throws IOException {
        Files.createDirectories(groups.resolve("memory"));
        Files.writeString(groups.resolve(file), text + "\n");

        assertThat(MemoryLimit.of(Optional.empty(), groups).map(MemoryLimit::bytes))
                .isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void theSumIsOfThisJvm() {
        MemorySum sum = MemorySum.ofJvm();

        assertThat(sum.heap()).isEqualTo(Runtime.getRuntime().maxMemory());
        assertThat(sum.metaspace()).isGreaterThan(MIB);
        assertThat(sum.code()).isGreaterThanOrEqualTo(48 * MIB);
        assertThat(sum.threads()).isGreaterThan(1);
        assertThat(sum.stacks()).isGreaterThan(sum.threads() * 100_000L);
    }

    @Test
    void theLineHasEverySummandAndTheVerdict() {
        MemorySum sum = new MemorySum(300 * MIB, 10 * MIB, false, 50 * MIB, true, 48 * MIB, 40 * MIB, 40);

        assertThat(sum.line(new MemoryLimit(512 * MIB, "the task")))
                .isEqualTo("heap 300 + direct 10 (so far, no cap) + metaspace 50 + code 48 + stacks 40 (40 threads)"
                        + " = 448 <= 512 MiB of the task");
        assertThat(sum.line(new MemoryLimit(447 * MIB, "the task"))).endsWith("= 448 > 447 MiB of the task");
    }

    private void start(long heapMib, long taskMib, StartConfig.OnHeapExcess onExcess) throws InterruptedException {
        EcsTask task = EcsTasks.of(taskMib, "awslogs", Map.of());
        Placement placement = new Placement(CompletableFuture.completedFuture(Optional.of(task)));
        guard(placement, heapMib, onExcess).start(Deadline.after(Duration.ofSeconds(1)));
    }

    private MemoryGuard guard(Placement placement, long heapMib, StartConfig.OnHeapExcess onExcess) {
        return new MemoryGuard(placement, onExcess, groups, () -> heapMib * MIB);
    }
}
