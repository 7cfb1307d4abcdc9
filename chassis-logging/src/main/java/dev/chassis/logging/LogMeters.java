package dev.chassis.logging;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The meters of logging: what left, and what did not. */
final class LogMeters {

    private LogMeters() {}

    static void bind(MeterRegistry registry, LogTotals totals, LineQueue queue) {
        counter(registry, "chassis.log.lines", "Lines written", totals, LogTotals::lines);
        counter(registry, "chassis.log.bytes", "Bytes written", totals, LogTotals::bytes);
        counter(registry, "chassis.log.truncated", "Lines cut to their budget", totals, LogTotals::truncated);
        counter(registry, "chassis.log.renamed", "Fields whose name was taken", totals, LogTotals::renamed);
        counter(registry, "chassis.log.replaced", "Values that could not be told", totals, LogTotals::replaced);
        counter(
                registry,
                "chassis.log.failed",
                "Lines that could not be encoded or written",
                totals,
                LogTotals::failed);
        for (Severity level : Severity.values()) {
            FunctionCounter.builder("chassis.log.dropped", queue, dropping -> dropping.dropped(level))
                    .description("Lines dropped because the queue was full")
                    .tag("level", level.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        Gauge.builder("chassis.log.queue", queue, LineQueue::weight)
                .description("Memory of the lines that wait to be written")
                .baseUnit("bytes")
                .register(registry);
    }

    private static void counter(
            MeterRegistry registry, String name, String what, LogTotals totals, ToDoubleFunction<LogTotals> value) {
        FunctionCounter.builder(name, totals, value).description(what).register(registry);
    }
}
