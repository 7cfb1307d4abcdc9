package dev.chassis.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one service: a Micrometer registry in the Prometheus format, with the tags {@code service}, {@code version} and those of
 * the configuration on every meter.
 *
 * <pre>{@code
 * Metrics metrics = new Metrics("orders-service", "1.4.2", config);
 * metrics.registry().counter("orders.accepted").increment();
 * Exposition page = metrics.scrape(request.header("accept").orElse(null));
 * }</pre>
 *
 * <p><b>Start-up cost.</b> The registry is made by the constructor, because meters that arrived before it would be lost: some 170 classes,
 * 60 to 110 ms on a slow core, 20 ms with a class data archive (JDK 17, C1 only, two shared cores). The meters of the JVM and the process
 * would cost as much again and are therefore bound by the first {@link #scrape}, or by {@link #bindJvm}, to be called off the start path.
 * What they count (collections, pauses) begins there; what they read (memory, threads, CPU, uptime) loses nothing.
 *
 * <p>Thread-safe. I1: the JVM's meters are bound once; {@code jvm} is a task, and whoever comes while it runs waits for it. I2: what was
 * bound is closed: close sets {@code closed} first, so that after its own run of the task nothing is bound any more.
 */
public final class Metrics implements AutoCloseable {

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String OPEN_METRICS_TYPE = "application/openmetrics-text";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final FutureTask<Optional<JvmMeters>> jvm = new FutureTask<>(this::bind);
    private volatile @Nullable CompositeMeterRegistry all; // written under the lock, once
    private volatile boolean asked;
    private volatile boolean closed; // volatile: written by close, read by bind

    /**
     * The meters of a service.
     *
     * @param service its name
     * @param version its version
     * @throws IllegalArgumentException if a configured tag has no fit name, or one of the chassis
     */
    public Metrics(String service, String version, MetricsConfig config) {
        registry.config()
                .commonTags(CommonTags.of(service, version, config.tags()))
                .meterFilter(new RouteLimit(config.maxRoutes()));
    }

    /** Where meters go: the registry that is scraped, or all of them where there are more. */
    public MeterRegistry registry() {
        asked = true;
        CompositeMeterRegistry several = all;
        return several == null ? registry : several;
    }

    /**
     * Lets every meter go there, too. Without any, meters are spared the detour. The other registry has no tags of ours, and is closed by who
     * made it.
     *
     * @throws IllegalStateException if {@link #registry} was asked for before: those meters would be missing
     */
    public synchronized void mirror(MeterRegistry other) {
        CompositeMeterRegistry several = all;
        if (several == null) {
            if (asked) {
                throw new IllegalStateException("meters were asked for before the other registry was added"
                        + " (expected: what takes the meters elsewhere is added before Service.meters is called)");
            }
            several = new CompositeMeterRegistry(registry.config().clock(), List.of(registry));
            all = several;
        }
        several.add(other);
    }

    /** Binds the meters of the JVM and the process, once. They are there on return, unless it was interrupted or closed before. */
    public void bindJvm() {
        boundOnce();
    }

    /**
     * All meters, in the format that an {@code Accept} header asks for: OpenMetrics 1.0.0 if it is named there, else the Prometheus text
     * format 0.0.4.
     *
     * @param accept the header; null if there was none
     */
    public Exposition scrape(@Nullable String accept) {
        bindJvm();
        String contentType = accept != null && accept.contains(OPEN_METRICS_TYPE) ? OPEN_METRICS : TEXT;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            registry.scrape(body, contentType);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not from an array
        }
        return new Exposition(contentType, body.toByteArray());
    }

    /** Frees what the meters hold; they stand still from then on. Idempotent. */
    @Override
    public void close() {
        closed = true;
        boundOnce().ifPresent(JvmMeters::close); // I2
        registry.close();
    }

    private Optional<JvmMeters> boundOnce() {
        jvm.run(); // I1: does nothing but the first time
        try {
            return jvm.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the meters of the JVM could not be bound", e.getCause());
        }
    }

    private Optional<JvmMeters> bind() {
        if (closed) {
            return Optional.empty();
        }
        JvmMeters meters = new JvmMeters();
        meters.bindTo(registry());
        return Optional.of(meters);
    }
}
