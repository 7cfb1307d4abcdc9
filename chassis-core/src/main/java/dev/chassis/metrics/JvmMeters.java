package dev.chassis.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The meters of the JVM and the process. A class of its own, so that none of theirs is loaded before they are wanted. */
final class JvmMeters implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

    private final JvmGcMetrics gc = new JvmGcMetrics();

    void bindTo(MeterRegistry registry) {
        List<MeterBinder> binders = List.of(
                new JvmInfoMetrics(),
                new JvmMemoryMetrics(),
                gc,
                new JvmThreadMetrics(),
                new ClassLoaderMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics(),
                new FileDescriptorMetrics());
        binders.forEach(binder -> bind(binder, registry));
    }

    /** Takes the listener for collections away from the JVM. Idempotent. */
    @Override
    public void close() {
        gc.close();
    }

    /** A JVM that cannot tell one thing still tells the others. */
    private static void bind(MeterBinder binder, MeterRegistry registry) {
        try {
            binder.bindTo(registry);
        } catch (RuntimeException e) {
            LOG.warn(
                    "{} could not be bound, its meters are missing",
                    binder.getClass().getSimpleName(),
                    e);
        }
    }
}
