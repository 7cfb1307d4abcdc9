package dev.chassis.lifecycle;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells events to listeners, none of which can stop the lifecycle by throwing. */
final class Events {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final List<Consumer<LifecycleEvent>> listeners;

    Events(List<Consumer<LifecycleEvent>> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    void tell(LifecycleEvent event) {
        for (Consumer<LifecycleEvent> listener : listeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException e) {
                LOG.warn("A lifecycle listener failed on {}", event, e);
            }
        }
    }
}
