package dev.chassis.cloudwatch;

import dev.chassis.metrics.MetricBill;
import io.micrometer.cloudwatch2.CloudWatchMeterRegistry;
import io.micrometer.core.instrument.Clock;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Micrometer's registry, which begins to publish when it is told to and not when it is made, and tells what it costs. */
final class PublishingRegistry extends CloudWatchMeterRegistry {

    /** US dollars, in us-east-1. */
    private static final BigDecimal CALL = new BigDecimal("0.00001");

    private final SyncPublisher publisher;
    private final MetricBill bill;

    PublishingRegistry(Settings settings, SyncPublisher publisher, MetricBill bill) {
        super(settings, Clock.SYSTEM, publisher);
        this.publisher = publisher;
        this.bill = bill;
    }

    @Override
    protected void publish() {
        super.publish();
        int calls = publisher.callsSince();
        bill.tell(", in " + calls + " calls", CALL.multiply(BigDecimal.valueOf(calls)), "calls");
    }

    /** Ours, as Micrometer asks for them. */
    static final class Settings implements io.micrometer.cloudwatch2.CloudWatchConfig {

        private final CloudWatchConfig config;
        private final String namespace;
        private volatile boolean enabled;

        Settings(CloudWatchConfig config, String namespace) {
            this.config = config;
            this.namespace = namespace;
        }

        void enable() {
            enabled = true;
        }

        @Override
        public @Nullable String get(String key) {
            return null;
        }

        @Override
        public String namespace() {
            return namespace;
        }

        @Override
        public Duration step() {
            return config.step();
        }

        @Override
        public boolean enabled() {
            return enabled;
        }
    }
}
