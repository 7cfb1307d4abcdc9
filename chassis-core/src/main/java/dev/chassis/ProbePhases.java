package dev.chassis;

import dev.chassis.health.Probes;
import dev.chassis.lifecycle.LifecycleEvent;
import java.util.function.Consumer;

/** Tells the probes where the service is in its life. */
final class ProbePhases implements Consumer<LifecycleEvent> {

    private final Probes probes;

    ProbePhases(Probes probes) {
        this.probes = probes;
    }

    @Override
    public void accept(LifecycleEvent event) {
        if (event instanceof LifecycleEvent.StateReached reached) {
            switch (reached.state()) {
                case NEW, STARTING -> {}
                case READY -> probes.phase(Probes.Phase.READY);
                case DRAINING -> probes.phase(Probes.Phase.DRAINING);
                case STOPPED, FAILED -> probes.phase(Probes.Phase.STOPPED);
            }
        }
    }
}
