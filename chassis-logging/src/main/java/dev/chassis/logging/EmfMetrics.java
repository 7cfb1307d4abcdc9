package dev.chassis.logging;

import dev.chassis.Service;
import dev.chassis.config.Checked;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.Stage;
import dev.chassis.metrics.MeterSelection;
import dev.chassis.metrics.MeterSink;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells meters of the service to Amazon CloudWatch through the log, in lines of the embedded metric format, when {@code
 * chassis.emf.namespace} is set: without a call, a permission or the SDK of AWS. The admin port serves all of them as before.
 *
 * <pre>{@code
 * service.add(EmfMetrics.from(service));     // before anybody asks for meters
 * }</pre>
 *
 * <p>The lines go where the log goes, in order with it, each whole and within what the log driver takes in one piece. They wait
 * for nobody and have room of their own, 8 MiB, when standard output takes no more; what does not fit there is dropped and counted as a WARN.
 * The last ones are written by the drain, before its report. What is told is little unless more is asked for, and the log tells what it costs.
 *
 * <p>Thread-safe. I1: {@code registry} and {@code settings} are set once, while the service is assembled.
 */
public final class EmfMetrics implements Component, MeterSink, Checked {

    private static final String NAMESPACE = "chassis.emf.namespace";

    private final EmfConfig config;
    private final OtherWay other;
    private EmfRegistry.@Nullable Settings settings;
    private @Nullable EmfRegistry registry;

    private EmfMetrics(EmfConfig config, OtherWay other) {
        this.config = config;
        this.other = other;
    }

    /** What of {@code chassis-aws} would charge for the same metrics again. */
    interface OtherWay {

        /** Set if meters are published by calls. */
        Optional<String> namespace();
    }

    /** The metrics of a service, as {@code chassis.emf.*} asks for them. */
    public static EmfMetrics from(Service service) {
        return new EmfMetrics(service.config(EmfConfig.class), service.config("chassis.cloudwatch", OtherWay.class));
    }

    @Override
    public Optional<MeterRegistry> sink(String service) {
        Pipeline pipeline = Pipeline.of(LogbackControl.context());
        return pipeline == null ? Optional.empty() : config.namespace().map(name -> made(name, service, pipeline));
    }

    private MeterRegistry made(String namespace, String service, Pipeline pipeline) {
        EmfRegistry.Settings made = new EmfRegistry.Settings(config.step());
        EmfRegistry target = new EmfRegistry(made, namespace, Clock.SYSTEM, pipeline::lineBudget, pipeline::raw);
        target.config().meterFilter(MeterSelection.of(config, service));
        settings = made;
        registry = target;
        return target;
    }

    @Override
    public String name() {
        return "emf";
    }

    @Override
    public Stage stage() {
        return Stage.TELEMETRY;
    }

    @Override
    public void check(Problems problems) {
        MeterSelection.checkNamespace(config, NAMESPACE, problems);
        config.namespace().ifPresent(namespace -> {
            if (other.namespace().isPresent()) {
                problems.add(
                        NAMESPACE,
                        "not set where chassis.cloudwatch.namespace is: every metric would be paid for twice");
            }
            if (registry == null) {
                problems.add(NAMESPACE, "not set where logback has a configuration file of the service's own");
            }
        });
    }

    @Override
    public void start(Deadline deadline) {
        if (registry != null && settings != null) {
            settings.enable();
            registry.start(task -> daemon("emf", task));
        }
    }

    /** The last lines. Later meters are not told. */
    @Override
    public void flush(Deadline deadline) throws InterruptedException {
        EmfRegistry target = registry;
        if (target != null) {
            Thread last = daemon("emf-last", target::close);
            last.start();
            last.join(Math.max(1, deadline.remaining().toMillis())); // 0 would be for ever
            if (last.isAlive()) {
                throw new IllegalStateException("the last metrics were not written in time");
            }
        }
    }

    @Override
    public void stop(Deadline deadline) {}

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
