package dev.chassis.health;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The daemon thread {@code health}: calls {@code tick}, then sleeps for as many nanoseconds as that returned, or until woken.
 *
 * <p>I1: a wake is never lost. It sets {@code woken} before it unparks, and the loop clears {@code woken} before it ticks and looks at it
 * after: a wake during a tick is seen by that look, a later one finds the permit unused.
 */
final class HealthThread {

    private final LongSupplier tick;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean stopped; // volatile: written by stop, read by the loop

    HealthThread(LongSupplier tick) {
        this.tick = tick;
        this.thread = new Thread(this::loop, "health");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Has the loop tick once more, soon. Before the start it does nothing, because the loop begins with a tick. */
    void wake() {
        woken.set(true);
        LockSupport.unpark(thread);
    }

    /** Ends the loop after its present tick. Returns at once. */
    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    private void loop() {
        while (!stopped) {
            woken.set(false);
            long nanos = tick.getAsLong();
            if (!woken.get() && !stopped) {
                LockSupport.parkNanos(this, nanos);
            }
        }
    }
}
