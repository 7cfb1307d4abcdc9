package dev.chassis;

import dev.chassis.health.HealthRegistry;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.Stage;
import dev.chassis.time.Deadline;

/** Runs the health checks while the service lives; started when what they check is connected, ready when each has answered once. */
final class HealthSchedule implements Component {

    private final HealthRegistry registry;

    HealthSchedule(HealthRegistry registry) {
        this.registry = registry;
    }

    @Override
    public String name() {
        return "health";
    }

    @Override
    public Stage stage() {
        return Stage.WARM_UP;
    }

    @Override
    public void start(Deadline deadline) throws InterruptedException {
        registry.start();
        registry.awaitFirst(deadline);
    }

    @Override
    public void stop(Deadline deadline) {
        registry.stop();
    }
}
