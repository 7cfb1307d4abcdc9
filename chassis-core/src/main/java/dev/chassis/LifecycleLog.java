package dev.chassis;

import dev.chassis.ecs.EcsTask;
import dev.chassis.lifecycle.DrainReport;
import dev.chassis.lifecycle.LifecycleEvent;
import dev.chassis.lifecycle.StartLedger;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes what happens to the service into its log. Thread-safe: it has no state. */
final class LifecycleLog implements Consumer<LifecycleEvent> {

    private static final Logger LOG = LoggerFactory.getLogger("dev.chassis.lifecycle");

    private final Placement placement;

    LifecycleLog(Placement placement) {
        this.placement = placement;
    }

    @Override
    public void accept(LifecycleEvent event) {
        if (event instanceof LifecycleEvent.Ready ready) {
            ready(ready.ledger());
        } else if (event instanceof LifecycleEvent.Drained drained) {
            drained(drained.report());
        } else if (event instanceof LifecycleEvent.ComponentRetrying retry) {
            LOG.warn(
                    "Component {} failed (attempt {}), trying again in {} ms: {}",
                    retry.component(),
                    retry.attempt(),
                    retry.delay().toMillis(),
                    retry.cause().getMessage());
        } else if (event instanceof LifecycleEvent.ComponentStopFailed failed) {
            LOG.warn("Component {} did not stop cleanly", failed.component(), failed.cause());
        } else {
            LOG.debug("{}", event);
        }
    }

    private static void ready(StartLedger ledger) {
        String components = ledger.components().stream()
                .map(entry -> entry.component() + "=" + entry.took().toMillis()
                        + (entry.attempts() > 1 ? "(" + entry.attempts() + " attempts)" : ""))
                .collect(Collectors.joining(" "));
        LOG.atInfo()
                .addKeyValue("event", "ready")
                .addKeyValue("total_ms", ledger.total().toMillis())
                .addKeyValue("assembly_ms", ledger.assembly().toMillis())
                .addKeyValue("components_ms", components)
                .addKeyValue("archive", ledger.archive())
                .log("Ready in {} ms", ledger.total().toMillis());
    }

    private void drained(DrainReport report) {
        LoggingEventBuilder line = switch (report.verdict()) {
            case CLEAN -> LOG.atInfo();
            case UNTIDY -> LOG.atWarn();
            case ABANDONED -> LOG.atError();
        };
        line = line.addKeyValue("event", "drain_report")
                .addKeyValue("verdict", lower(report.verdict()))
                .addKeyValue("cause", report.cause())
                .addKeyValue("total_ms", report.total().toMillis())
                .addKeyValue("budget_ms", report.budget().toMillis());
        for (Map.Entry<? extends Enum<?>, Duration> phase : report.phases().entrySet()) {
            line = line.addKeyValue(
                    lower(phase.getKey()) + "_ms", phase.getValue().toMillis());
        }
        String launchType = placement.task().map(EcsTask::launchType).orElse("");
        if (!launchType.isEmpty()) {
            line = line.addKeyValue("launch_type", launchType);
        }
        line.addKeyValue("in_flight_at_start", counts(report.inFlightAtStart()))
                .addKeyValue("abandoned", counts(report.abandoned()))
                .addKeyValue("failures", String.join("; ", report.failures()))
                .log("Drained in {} ms: {}", report.total().toMillis(), lower(report.verdict()));
    }

    private static String counts(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
