package dev.chassis;

import dev.chassis.lifecycle.LifecycleEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Does, once the service is ready and beside its first requests, what would only have made it ready later: loading what is of no use to a
 * probe, like the JSON mapper, and what may wait until it is calm, such as binding the meters of the JVM, which cost as much as all others
 * together. Both wait a moment, because the first requests have better uses for the processors.
 */
final class AfterReady implements Consumer<LifecycleEvent> {

    private static final long WARM_UP_AFTER_MILLIS = 200;
    private static final long CALM_AFTER_MILLIS = 1000;

    private final Runnable warmUp;
    private final Runnable whenCalm;

    AfterReady(Runnable warmUp, Runnable whenCalm) {
        this.warmUp = warmUp;
        this.whenCalm = whenCalm;
    }

    @Override
    public void accept(LifecycleEvent event) {
        if (event instanceof LifecycleEvent.Ready) {
            later(WARM_UP_AFTER_MILLIS, warmUp);
            later(CALM_AFTER_MILLIS, whenCalm);
        }
    }

    private static void later(long millis, Runnable task) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, AfterReady::onThread)
                .execute(task);
    }

    private static void onThread(Runnable task) {
        Thread thread = new Thread(task, "after-ready");
        thread.setDaemon(true);
        thread.start();
    }
}
