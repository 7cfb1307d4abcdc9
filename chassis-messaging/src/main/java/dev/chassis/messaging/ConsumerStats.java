package dev.chassis.messaging;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What a consumer has counted, for its meters and its health. Thread-safe; counters only rise. */
final class ConsumerStats {

    /** Where a consumer is in its life. */
    enum State {
        STOPPED,
        CONNECTING,
        CONSUMING,
        PAUSED,
        MISCONFIGURED,
        DRAINING
    }

    private final Map<Verdict.Kind, LongAdder> outcomes = new EnumMap<>(Verdict.Kind.class);
    private final LongAdder delivered = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder deadLetters = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder unconfirmed = new LongAdder();
    private volatile Status status = new Status(State.STOPPED, "");
    private volatile long lastDelivery;
    private volatile long lastAck;
    private volatile @Nullable Timer handlerTime;

    ConsumerStats() {
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            outcomes.put(kind, new LongAdder());
        }
    }

    void bindTo(MeterRegistry registry, String queue) {
        outcomes.forEach(
                (outcome, count) -> FunctionCounter.builder("rabbitmq.consumer.deliveries", count, LongAdder::sum)
                        .description("Deliveries by what became of them")
                        .tag("queue", queue)
                        .tag("outcome", tag(outcome))
                        .register(registry));
        counter(registry, queue, "received", delivered, "Deliveries that have arrived");
        counter(registry, queue, "retries", retries, "Deliveries that were put where they wait for another attempt");
        counter(registry, queue, "dead.letters", deadLetters, "Deliveries that have become dead letters");
        counter(registry, queue, "stale.settles", stale, "Settlements dropped because their channel had gone");
        counter(registry, queue, "late.outcomes", late, "Outcomes dropped because the handler's time was over");
        counter(
                registry,
                queue,
                "unconfirmed",
                unconfirmed,
                "Retries and dead letters without a confirm; kept in the queue");
        Gauge.builder("rabbitmq.consumer.paused", this, stats -> stats.status().state() == State.PAUSED ? 1 : 0)
                .description("Whether the consumer waits for what its handler needs")
                .tag("queue", queue)
                .register(registry);
        handlerTime = Timer.builder("rabbitmq.consumer.handler.time")
                .description("How long handlers take")
                .tag("queue", queue)
                .register(registry);
    }

    @Nullable
    Timer handlerTime() {
        return handlerTime;
    }

    void received() {
        delivered.increment();
        lastDelivery = System.nanoTime();
    }

    void outcome(Verdict.Kind kind) {
        count(kind).increment();
    }

    void acked() {
        lastAck = System.nanoTime();
    }

    void retried() {
        retries.increment();
    }

    void deadLettered() {
        deadLetters.increment();
    }

    void stale() {
        stale.increment();
    }

    void late() {
        late.increment();
    }

    void unconfirmed() {
        unconfirmed.increment();
    }

    long outcomes(Verdict.Kind kind) {
        return count(kind).sum();
    }

    long staleCount() {
        return stale.sum();
    }

    long lateCount() {
        return late.sum();
    }

    long deadLetterCount() {
        return deadLetters.sum();
    }

    long unconfirmedCount() {
        return unconfirmed.sum();
    }

    void status(State state, String reason) {
        status = new Status(state, reason);
    }

    Status status() {
        return status;
    }

    /** {@code last delivery 3s ago, last ack 2s ago}. */
    String ages() {
        return "last delivery " + age(lastDelivery) + ", last ack " + age(lastAck);
    }

    static String age(long sinceNanos) {
        return sinceNanos == 0
                ? "never"
                : Duration.ofNanos(System.nanoTime() - sinceNanos).toSeconds() + "s ago";
    }

    private LongAdder count(Verdict.Kind kind) {
        return Objects.requireNonNull(outcomes.get(kind));
    }

    private static String tag(Verdict.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static void counter(
            MeterRegistry registry, String queue, String name, LongAdder count, String description) {
        FunctionCounter.builder("rabbitmq.consumer." + name, count, LongAdder::sum)
                .description(description)
                .tag("queue", queue)
                .register(registry);
    }

    /** A state, and why. */
    record Status(State state, String reason) {}
}
