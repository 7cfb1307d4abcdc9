package dev.chassis;

import dev.chassis.lifecycle.LifecycleEvent;
import dev.chassis.metrics.Metrics;
import java.util.function.Consumer;

/** Binds the meters of the JVM once the service is ready: they cost as much as everything else together, and nobody has asked yet. */
final class JvmMeters implements Consumer<LifecycleEvent> {

    private final Metrics metrics;

    JvmMeters(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void accept(LifecycleEvent event) {
        if (event instanceof LifecycleEvent.Ready) {
            Thread binder = new Thread(metrics::bindJvm, "jvm-meters");
            binder.setDaemon(true);
            binder.start();
        }
    }
}
