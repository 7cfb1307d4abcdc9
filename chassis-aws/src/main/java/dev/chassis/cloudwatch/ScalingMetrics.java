package dev.chassis.cloudwatch;

import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.Stage;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

/**
 * Publishes what a scaling policy should follow, every ten seconds and in high resolution (1 s): how full a task is, which CPU does not tell of a
 * service that waits for others.
 *
 * <pre>{@code
 * service.add(ScalingMetrics.of(service.name(), service.config(CloudWatchConfig.class))
 *         .requestsInFlight(service.config(HttpConfig.class).maxInFlight())
 *         .queueBacklogPerTask());                                 // of the consumers that measure it
 * }</pre>
 *
 * <p>The metrics are {@code RequestsInFlightShare} (percent of the limit) and {@code QueueBacklogPerTask} (count), in the namespace {@code
 * chassis.cloudwatch.scaling-namespace}, without which none is published, with the dimensions Service and Environment; tasks share them, so
 * their average is what to follow. A task that drains is silent: it would pull the average down while the others carry its load.
 *
 * <p>The task's role needs {@code cloudwatch:PutMetricData}. The builder methods are for the thread that assembles the service; the rest is
 * thread-safe.
 */
public final class ScalingMetrics implements Component {

    private static final Logger LOG = LoggerFactory.getLogger(ScalingMetrics.class);
    private static final String IN_FLIGHT = "chassis.http.in.flight";
    private static final String BACKLOG = "chassis.backlog.per.task";
    private static final int SECOND = 1;
    private static final double PERCENT = 100;

    private final CloudWatchConfig config;
    private final List<Dimension> dimensions;
    private int limit;
    private @Nullable DoubleSupplier backlog;
    private @Nullable MeterRegistry meters;
    private @Nullable Calls calls; // of start and stop
    private @Nullable ScheduledExecutorService clock; // of start and stop
    private volatile boolean silent; // written by whoever drains, read by the clock

    private ScalingMetrics(String service, CloudWatchConfig config) {
        this.config = config;
        this.dimensions = List.of(dimension("Service", service), dimension("Environment", config.environment()));
    }

    /** The scaling metrics of a service; none, until it is said which. */
    public static ScalingMetrics of(String service, CloudWatchConfig config) {
        return new ScalingMetrics(service, config);
    }

    /** Publishes {@code RequestsInFlightShare}. {@code most} are as many as may be in flight at once; more than 0. */
    public ScalingMetrics requestsInFlight(int most) {
        if (most <= 0) {
            throw new IllegalArgumentException("most: " + most + " (expected: more than 0)");
        }
        limit = most;
        return this;
    }

    /**
     * Publishes {@code QueueBacklogPerTask} as the parts of this service measure it: the sum of all gauges {@code chassis.backlog.per.task}, which
     * consumers of chassis-messaging have when they are told {@code measuringBacklog()}. While one of them does not know, nothing is published.
     */
    public ScalingMetrics queueBacklogPerTask() {
        return queueBacklogPerTask(this::measured);
    }

    /** Publishes {@code QueueBacklogPerTask}: what waits, divided by the tasks it waits for. Asked every ten seconds; must not block. */
    public ScalingMetrics queueBacklogPerTask(DoubleSupplier waiting) {
        backlog = waiting;
        return this;
    }

    @Override
    public String name() {
        return "scaling-metrics";
    }

    @Override
    public Stage stage() {
        return Stage.TELEMETRY;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        meters = registry;
    }

    @Override
    public void start(Deadline deadline) {
        if (config.scalingNamespace().isEmpty()) {
            LOG.info("no scaling metrics are published: chassis.cloudwatch.scaling-namespace is not set");
            return;
        }
        String namespace = config.scalingNamespace().get();
        Calls target = Calls.of(config);
        calls = target;
        if (meters != null) {
            target.bindTo(meters, name());
        }
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "scaling-metrics");
            thread.setDaemon(true);
            return thread;
        });
        long step = config.scalingStep().toMillis();
        executor.scheduleAtFixedRate(() -> publish(target, namespace), step, step, TimeUnit.MILLISECONDS);
        clock = executor;
    }

    @Override
    public void announce() {
        silent = true;
    }

    @Override
    public void stop(Deadline deadline) {
        silent = true;
        if (clock != null) {
            clock.shutdownNow();
        }
        if (calls != null) {
            calls.close();
        }
    }

    private void publish(Calls target, String namespace) {
        List<MetricDatum> data = silent ? List.of() : data();
        if (!data.isEmpty()) {
            target.put(PutMetricDataRequest.builder()
                    .namespace(namespace)
                    .metricData(data)
                    .build());
        }
    }

    private List<MetricDatum> data() {
        List<MetricDatum> data = new ArrayList<>();
        Gauge inFlight = meters == null ? null : meters.find(IN_FLIGHT).gauge();
        if (limit > 0 && inFlight != null) {
            add(data, "RequestsInFlightShare", inFlight.value() * PERCENT / limit, StandardUnit.PERCENT);
        }
        DoubleSupplier waiting = backlog;
        if (waiting != null) {
            add(data, "QueueBacklogPerTask", asked(waiting), StandardUnit.COUNT);
        }
        return data;
    }

    /** Not a number where somebody does not know, or nobody is asked to. */
    private double measured() {
        if (meters == null || meters.find(BACKLOG).gauges().isEmpty()) {
            return Double.NaN;
        }
        return meters.find(BACKLOG).gauges().stream().mapToDouble(Gauge::value).sum();
    }

    /** Who cannot tell is asked again ten seconds later; a schedule ends with an exception. */
    private static double asked(DoubleSupplier waiting) {
        try {
            return waiting.getAsDouble();
        } catch (RuntimeException e) {
            return Double.NaN;
        }
    }

    /** CloudWatch refuses what is no finite number, and everything that is sent with it. */
    private void add(List<MetricDatum> data, String name, double value, StandardUnit unit) {
        if (Double.isFinite(value)) {
            data.add(MetricDatum.builder()
                    .metricName(name)
                    .dimensions(dimensions)
                    .value(value)
                    .unit(unit)
                    .storageResolution(SECOND)
                    .build());
        }
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }
}
