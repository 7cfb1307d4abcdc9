package dev.chassis.outbox;

import dev.chassis.messaging.PublishResult;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** What became of messages, counted, and what waits. Thread-safe. */
final class Counters {

    private final LongAdder[] outcomes = new LongAdder[PublishResult.Outcome.values().length]; // by ordinal
    private volatile Waiting waiting = Waiting.NOTHING;

    Counters() {
        Arrays.setAll(outcomes, outcome -> new LongAdder());
    }

    void count(PublishResult.Outcome outcome) {
        outcomes[outcome.ordinal()].increment();
    }

    void waiting(Waiting now) {
        waiting = now;
    }

    void bindTo(MeterRegistry registry, String name, IntSupplier partitions) {
        for (PublishResult.Outcome outcome : PublishResult.Outcome.values()) {
            FunctionCounter.builder("chassis.outbox.attempts", outcomes[outcome.ordinal()], LongAdder::sum)
                    .description("Attempts to publish, by what became of them")
                    .tags("outbox", name, "outcome", outcome.name())
                    .register(registry);
        }
        gauge(
                registry,
                name,
                "chassis.outbox.waiting",
                "Messages that wait, counted up to 100000",
                () -> waiting.rows());
        gauge(registry, name, "chassis.outbox.stuck", "Messages that keep failing", () -> waiting.stuck());
        gauge(
                registry,
                name,
                "chassis.outbox.oldest.age.seconds",
                "Age of the oldest message that waits",
                () -> waiting.oldest().toMillis() / 1e3);
        gauge(registry, name, "chassis.outbox.partitions", "Partitions this task holds", partitions::getAsInt);
    }

    private static void gauge(
            MeterRegistry registry, String outbox, String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .tag("outbox", outbox)
                .strongReference(true)
                .register(registry);
    }
}
