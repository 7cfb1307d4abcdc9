package dev.chassis.messaging;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that looks after what has a limit: writes that hang, confirms that do not come. A thread of its own, because all others may be
 * what hangs. Thread-safe.
 */
final class Watchdog implements AutoCloseable {

    private static final long PERIOD_MILLIS = 250;

    private final ScheduledExecutorService thread;
    private final List<Runnable> watched;

    /** @param watched is run every 250 ms from now on, and must not block; may change */
    Watchdog(String name, List<Runnable> watched) {
        this.watched = watched;
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
        thread.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look() {
        for (Runnable each : watched) {
            try {
                each.run();
            } catch (RuntimeException e) {
                Logger log = LoggerFactory.getLogger(RabbitConnection.class);
                log.error("the watchdog goes on after a mistake", e);
            }
        }
    }
}
