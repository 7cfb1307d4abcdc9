package dev.chassis.health;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a check on a thread of its own.
 *
 * <p>I1: {@link #interrupt} reaches the thread only while it is inside the check, never what the thread does afterwards. I2: a run that
 * was interrupted before it began does not call the check. I3: {@code onReturn} is called exactly once, when the check has returned.
 */
final class CheckRun implements Runnable {

    private final HealthCheck check;
    private final Consumer<Health> onReturn;

    private @Nullable Thread inside; // guarded by this
    private boolean interrupted; // guarded by this

    CheckRun(HealthCheck check, Consumer<Health> onReturn) {
        this.check = check;
        this.onReturn = onReturn;
    }

    @Override
    public void run() {
        onReturn.accept(enter() ? ask() : Health.down("stopped before it ran"));
    }

    /** Interrupts the check, or keeps it from beginning. Returns at once. */
    synchronized void interrupt() {
        interrupted = true;
        if (inside != null) {
            inside.interrupt();
        }
    }

    private Health ask() {
        try {
            return Details.of(check.check());
        } catch (Throwable e) {
            return Details.of(e); // Errors too: a check that cannot be loaded is a check that fails.
        } finally {
            leave();
        }
    }

    private synchronized boolean enter() {
        if (interrupted) {
            return false; // I2
        }
        inside = Thread.currentThread();
        return true;
    }

    private synchronized void leave() {
        inside = null;
        Thread.interrupted(); // I1
    }
}
