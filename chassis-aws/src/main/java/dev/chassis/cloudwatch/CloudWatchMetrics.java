package dev.chassis.cloudwatch;

import dev.chassis.config.Checked;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.Stage;
import dev.chassis.metrics.CloudWatchNaming;
import dev.chassis.metrics.MeterSelection;
import dev.chassis.metrics.MeterSink;
import dev.chassis.metrics.MetricBill;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes meters of the service to Amazon CloudWatch, when {@code chassis.cloudwatch.namespace} is set. The admin port serves all of them as
 * before.
 *
 * <pre>{@code
 * service.add(CloudWatchMetrics.of(service.config(CloudWatchConfig.class)));     // before anybody asks for meters
 * }</pre>
 *
 * <p>What is published is little unless more is asked for, and the log tells how many metrics it is and what they cost. Calls that fail are told
 * once and harm nothing. The last publication is part of the drain, after all work is done, and never outlasts it.
 *
 * <p>The task's role needs {@code cloudwatch:PutMetricData}.
 *
 * <p>Thread-safe. {@code registry} is set once, while the service is assembled.
 */
public final class CloudWatchMetrics implements Component, MeterSink, Checked {

    private static final Logger LOG = LoggerFactory.getLogger(CloudWatchMetrics.class);

    private final CloudWatchConfig config;
    private PublishingRegistry.@Nullable Settings settings;
    private @Nullable SyncPublisher publisher;
    private @Nullable PublishingRegistry registry;

    private CloudWatchMetrics(CloudWatchConfig config) {
        this.config = config;
    }

    /** The metrics that this configuration asks for. */
    public static CloudWatchMetrics of(CloudWatchConfig config) {
        return new CloudWatchMetrics(config);
    }

    @Override
    public Optional<MeterRegistry> sink(String service) {
        return config.namespace().map(namespace -> made(namespace, service));
    }

    private MeterRegistry made(String namespace, String service) {
        MetricBill bill = new MetricBill(LOG, "cloudwatch_bill", config.step());
        PublishingRegistry.Settings made = new PublishingRegistry.Settings(config, namespace);
        SyncPublisher calls = new SyncPublisher(Calls.of(config), bill);
        PublishingRegistry target = new PublishingRegistry(made, calls, bill);
        target.config().meterFilter(MeterSelection.of(config, service));
        target.config().namingConvention(new CloudWatchNaming());
        settings = made;
        publisher = calls;
        registry = target;
        return target;
    }

    @Override
    public String name() {
        return "cloudwatch";
    }

    @Override
    public Stage stage() {
        return Stage.TELEMETRY;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        if (publisher != null) {
            publisher.bindTo(meters, name());
        }
    }

    @Override
    public void check(Problems problems) {
        MeterSelection.checkNamespace(config, "chassis.cloudwatch.namespace", problems);
    }

    @Override
    public void start(Deadline deadline) {
        if (registry != null && settings != null) {
            settings.enable();
            registry.start(task -> daemon("cloudwatch", task));
        }
    }

    /** The last publication. Later meters are not published. */
    @Override
    public void flush(Deadline deadline) throws InterruptedException {
        PublishingRegistry target = registry;
        if (target != null) {
            Thread last = daemon("cloudwatch-last", target::close);
            last.start();
            last.join(Math.max(1, deadline.remaining().toMillis())); // 0 would be for ever
            if (last.isAlive()) {
                throw new IllegalStateException("the last metrics were not published in time");
            }
        }
    }

    @Override
    public void stop(Deadline deadline) {
        if (publisher != null) {
            publisher.close();
        }
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
