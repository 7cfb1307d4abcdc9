package dev.chassis;

import dev.chassis.lifecycle.LifecycleEvent;
import java.util.List;
import java.util.function.Consumer;

/**
 * Does, once the service is ready and beside its first requests, what would only have made it ready later: the meters of the JVM cost as
 * much as all others together, and the JSON mapper is of no use to a probe.
 */
final class AfterReady implements Consumer<LifecycleEvent> {

    private final List<Runnable> tasks;

    AfterReady(List<Runnable> tasks) {
        this.tasks = tasks;
    }

    @Override
    public void accept(LifecycleEvent event) {
        if (event instanceof LifecycleEvent.Ready) {
            Thread thread = new Thread(() -> tasks.forEach(Runnable::run), "after-ready");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
