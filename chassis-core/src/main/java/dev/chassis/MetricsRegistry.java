package dev.chassis;

import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.Stage;
import dev.chassis.metrics.Metrics;
import dev.chassis.time.Deadline;

/** The meters, as the component that stops last. */
final class MetricsRegistry implements Component {

    private final Metrics metrics;

    MetricsRegistry(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return "metrics";
    }

    @Override
    public Stage stage() {
        return Stage.TELEMETRY;
    }

    @Override
    public void start(Deadline deadline) {}

    @Override
    public void stop(Deadline deadline) {
        metrics.close();
    }
}
