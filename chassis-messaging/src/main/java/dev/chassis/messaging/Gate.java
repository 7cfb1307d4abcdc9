package dev.chassis.messaging;

import dev.chassis.health.Health;
import dev.chassis.health.HealthCheck;
import dev.chassis.lifecycle.Workers;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether what a handler needs is there. It belongs to the settler; the check itself runs on a worker.
 *
 * <ul>
 *   <li>I1: one question at a time; every question is answered once, by the check or by its time-out.
 *   <li>I2: the worker is interrupted under {@code lock} and only while it runs the check.
 * </ul>
 */
final class Gate {

    private final HealthCheck check;
    private final Workers workers;
    private final Mail mail;
    private final Consumer<Health> answers;
    private long question;
    private boolean asking;
    private final Object lock = new Object();
    private @Nullable Thread asked;

    /** A gate that passes the answers, in the settler's thread, to this consumer. */
    Gate(HealthCheck check, Workers workers, Mail mail, Consumer<Health> answers) {
        this.check = check;
        this.workers = workers;
        this.mail = mail;
        this.answers = answers;
    }

    /** Asks, unless it is being asked. */
    void ask() {
        if (asking) {
            return;
        }
        asking = true;
        long number = ++question;
        try {
            workers.execute(() -> {
                Health health = run();
                mail.put(() -> answered(number, health));
            });
            mail.later(check.timeout().toNanos(), () -> timedOut(number));
        } catch (RejectedExecutionException stopped) {
            asking = false;
        }
    }

    /** Asks after the check's own interval. */
    void askLater() {
        mail.later(check.interval().toNanos(), this::ask);
    }

    private void timedOut(long number) {
        if (asking && number == question) {
            synchronized (lock) {
                if (asked != null) {
                    asked.interrupt(); // I2
                }
            }
            answered(number, Health.down(check.name() + " did not answer within " + check.timeout()));
        }
    }

    private void answered(long number, Health health) {
        if (asking && number == question) {
            asking = false;
            answers.accept(health);
        }
    }

    private Health run() {
        try {
            begin();
            return check.check();
        } catch (Throwable e) {
            return Health.down(check.name() + ": " + e);
        } finally {
            end();
        }
    }

    private void begin() {
        synchronized (lock) {
            asked = Thread.currentThread();
        }
    }

    private void end() {
        synchronized (lock) {
            if (asked == Thread.currentThread()) {
                asked = null;
            }
            Thread.interrupted();
        }
    }
}
