package dev.chassis;

import dev.chassis.ecs.EcsTask;
import dev.chassis.lifecycle.LogControl;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Tells logs, meters and the admin port where the service runs, as soon as that is known, which is beside its start or never.
 *
 * <p>What the task is called goes into one meter, not onto all of them: tags of a registry are fixed before the task is known, a scraper
 * tells tasks apart by itself, and every task that ever ran would make every series once more.
 *
 * <p>Thread-safe: {@code task} is written once, by the thread that reads.
 */
final class Placement {

    private static final Logger LOG = LoggerFactory.getLogger("dev.chassis.ecs");

    private final CompletionStage<Optional<EcsTask>> read;
    private volatile @Nullable EcsTask task; // written by the thread that reads

    Placement(CompletionStage<Optional<EcsTask>> read) {
        this.read = read;
    }

    /** Tells these two when it is known. */
    void tell(Optional<LogControl> logs, MeterRegistry meters) {
        read.thenAccept(found -> found.ifPresent(known -> {
            task = known;
            guarded("lines", () -> logs.ifPresent(control -> place(control, known)));
            guarded("meters", () -> bind(meters, known));
            line(known);
        }));
    }

    /** The task; empty while it is not known, or nobody can. */
    Optional<EcsTask> task() {
        return Optional.ofNullable(task);
    }

    /** When it is known, or known that it will not be; completes within seconds, never exceptionally. */
    CompletionStage<Optional<EcsTask>> read() {
        return read;
    }

    private static void place(LogControl logs, EcsTask task) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("task", task.id());
        put(fields, "zone", task.availabilityZone());
        put(fields, "task_definition", task.definition());
        String driver = task.container().logDriver();
        logs.place(fields, driver.isEmpty() ? null : driver);
    }

    private static void put(Map<String, String> fields, String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }

    private static void bind(MeterRegistry meters, EcsTask task) {
        Gauge.builder("chassis.task.info", () -> 1)
                .description("Where the service runs, in its tags; always 1")
                .tags(Tags.of(
                        "task", task.id(),
                        "zone", task.availabilityZone(),
                        "cluster", task.clusterName(),
                        "task_definition", task.definition(),
                        "launch_type", task.launchType(),
                        "image_digest", task.container().imageDigest()))
                .register(meters);
    }

    private static void line(EcsTask task) {
        LoggingEventBuilder line = LOG.atInfo().addKeyValue("event", "ecs_task");
        for (Map.Entry<String, String> fact : task.describe().entrySet()) {
            line = line.addKeyValue(fact.getKey(), fact.getValue());
        }
        line.log("Task {} of {} in {}", task.id(), task.definition(), task.availabilityZone());
    }

    /** Nothing that is only told may keep the rest from being told. */
    private static void guarded(String whom, Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            LOG.warn("The {} could not be told which task this is", whom, e);
        }
    }
}
