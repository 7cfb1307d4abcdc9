package dev.chassis.cloudwatch;

import io.micrometer.cloudwatch2.CloudWatchMeterRegistry;
import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Micrometer's registry, which begins to publish when it is told to and not when it is made, and tells what it costs. */
final class PublishingRegistry extends CloudWatchMeterRegistry {

    private final SyncPublisher publisher;
    private final Bill bill;

    PublishingRegistry(Settings settings, SyncPublisher publisher, Bill bill) {
        super(settings, Clock.SYSTEM, publisher);
        this.publisher = publisher;
        this.bill = bill;
    }

    @Override
    protected void publish() {
        super.publish();
        bill.tell(publisher.callsSince());
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
