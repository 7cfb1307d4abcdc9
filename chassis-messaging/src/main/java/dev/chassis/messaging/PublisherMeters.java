package dev.chassis.messaging;

import dev.chassis.messaging.PublishResult.Outcome;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is counted of a publisher. Thread-safe. */
final class PublisherMeters {

    private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
    private volatile @Nullable Timer confirms;

    PublisherMeters() {
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, new LongAdder());
        }
    }

    void bind(MeterRegistry registry, String publisher, Supplier<Number> outstanding) {
        outcomes.forEach((outcome, count) -> FunctionCounter.builder("rabbitmq.publish", count, LongAdder::sum)
                .description("Messages by what became of them")
                .tags("publisher", publisher, "outcome", outcome.name())
                .register(registry));
        Gauge.builder("rabbitmq.publish.outstanding", outstanding)
                .description("Messages accepted and without an outcome")
                .tag("publisher", publisher)
                .register(registry);
        confirms = Timer.builder("rabbitmq.publish.confirm")
                .description("From accepting a message to its confirm")
                .tag("publisher", publisher)
                .register(registry);
    }

    void count(Outcome outcome) {
        counter(outcome).increment();
    }

    /** Counts a message that is decided. */
    void count(Pending decided) {
        Timer timer = confirms;
        counter(decided.outcome()).increment();
        if (timer != null && decided.outcome() == Outcome.CONFIRMED) {
            timer.record(System.nanoTime() - decided.acceptedAt, TimeUnit.NANOSECONDS);
        }
    }

    private LongAdder counter(Outcome outcome) {
        return java.util.Objects.requireNonNull(outcomes.get(outcome));
    }
}
