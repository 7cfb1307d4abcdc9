package dev.chassis;

import dev.chassis.ecs.EcsTask;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.Stage;
import dev.chassis.lifecycle.StartConfig;
import dev.chassis.time.Deadline;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses a heap that may grow beyond the memory there is: the kernel would end the process without a word, exit code 137, long before
 * the JVM knew that it is out of memory. That is what a wrong {@code -Xmx} does, and what JDK 21.0.9 did, which took its percentage of the
 * host's memory.
 *
 * <p>The heap is compared before anything is accepted. Where the metadata of the task are not there by then, which the agent mostly has
 * sent long before, they are waited for, but not for long: a start that hangs on them would be worse than one that is warned of later. The
 * sum of everything is told after ready ({@link #tell}), when there are threads and classes to be counted, and refuses nothing.
 *
 * <p>Thread-safe: it has no state.
 */
final class MemoryGuard implements Component {

    private static final Logger LOG = LoggerFactory.getLogger("dev.chassis.memory");

    /** An agent that works answers within milliseconds, a JVM with a quarter of a processor asks within some hundred. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Placement placement;
    private final StartConfig.OnHeapExcess onExcess;
    private final Path groups;
    private final LongSupplier maxHeap;

    MemoryGuard(Placement placement, StartConfig.OnHeapExcess onExcess) {
        this(placement, onExcess, Path.of("/sys/fs/cgroup"), Runtime.getRuntime()::maxMemory);
    }

    MemoryGuard(Placement placement, StartConfig.OnHeapExcess onExcess, Path groups, LongSupplier maxHeap) {
        this.placement = placement;
        this.onExcess = onExcess;
        this.groups = groups;
        this.maxHeap = maxHeap;
    }

    @Override
    public String name() {
        return "memory-guard";
    }

    /** The last one before something is accepted, so that the metadata of the task have had all the time there is. */
    @Override
    public Stage stage() {
        return Stage.WARM_UP;
    }

    /**
     * Compares the heap.
     *
     * @throws IllegalStateException if it may grow beyond the memory, unless that is to be told only
     */
    @Override
    public void start(Deadline deadline) throws InterruptedException {
        Optional<MemoryLimit> limit = MemoryLimit.of(task(deadline), groups);
        limit.filter(found -> maxHeap.getAsLong() >= found.bytes()).ifPresent(this::excess);
    }

    @Override
    public void stop(Deadline deadline) {}

    /** Tells the sum, once: as a warning if it does not fit, and not at all where there is no limit. */
    void tell() {
        placement
                .read()
                .thenAccept(task -> MemoryLimit.of(task, groups).ifPresent(limit -> tell(MemorySum.ofJvm(), limit)));
    }

    private static void tell(MemorySum sum, MemoryLimit limit) {
        boolean fits = sum.total() <= limit.bytes();
        (fits ? LOG.atInfo() : LOG.atWarn())
                .addKeyValue("event", "memory")
                .addKeyValue("total_bytes", sum.total())
                .addKeyValue("limit_bytes", limit.bytes())
                .log(
                        "Memory: {}{}",
                        sum.line(limit),
                        fits ? "" : "; the kernel may end the process: give the task more, or the heap less");
    }

    private Optional<EcsTask> task(Deadline deadline) throws InterruptedException {
        try {
            long patience = Math.min(PATIENCE_NANOS, deadline.remainingNanos());
            return placement.read().toCompletableFuture().get(patience, TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return Optional.empty(); // tell() will say it
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // reading never fails
        }
    }

    private void excess(MemoryLimit limit) {
        String message = "the heap may grow to " + MemorySum.mib(maxHeap.getAsLong()) + " MiB, there are "
                + MemorySum.mib(limit.bytes()) + " MiB of " + limit.source()
                + " (expected: less, for threads, buffers, code and classes need some, too; set -Xmx"
                + MemorySum.mib(limit.bytes() / 100 * 65) + "m, or chassis.start.on-heap-excess=warn)";
        if (onExcess == StartConfig.OnHeapExcess.REFUSE) {
            throw new IllegalStateException(message);
        }
        LOG.warn("{}", message);
    }
}
