package dev.chassis.health;

import dev.chassis.time.Deadline;
import dev.chassis.time.Ticker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One check and everything time does to it. It has no thread and never waits: {@link #tick} does what is due on the ticker, so every
 * edge in time is a call in a test.
 *
 * <p>Thread-safe. The mutable fields are guarded by this object's monitor; launching, interrupting, logging and the check itself happen
 * outside of it.
 *
 * <ul>
 *   <li>I1: there is one run at most. {@code run} is set when it is decided on and cleared when its check has returned, never earlier.
 *   <li>I2: every run counts once: by its result or by its timeout, whichever comes first ({@code counted}). A run that was counted and
 *       has not returned is stuck; it counts once more at every interval it should have run in.
 *   <li>I3: nothing is begun or counted once {@code closed} is set.
 *   <li>I4: {@code first} opens when the first result is counted, or on close.
 * </ul>
 */
final class ScheduledCheck {

    private static final Logger LOG = LoggerFactory.getLogger(HealthRegistry.class);
    private static final long NEVER = Long.MAX_VALUE;
    private static final Runnable NOTHING = () -> {};

    private final HealthCheck check;
    private final CheckSettings settings;
    private final Ticker ticker;
    private final BiConsumer<String, Runnable> launcher;
    private final Runnable onReturn;
    private final CountDownLatch first = new CountDownLatch(1);

    private Streak streak = Streak.NONE; // guarded by this
    private long readAt; // guarded by this
    private long dueAt; // guarded by this
    private long startedAt; // guarded by this; means something while run is set
    private @Nullable CheckRun run; // guarded by this
    private boolean counted; // guarded by this; means something while run is set
    private boolean closed; // guarded by this

    /**
     * A check whose first run is due now.
     *
     * @param launcher runs a task on a thread of its own, named by the first argument
     * @param onReturn told when a run has returned, so that the next one may be due
     */
    ScheduledCheck(
            HealthCheck check,
            CheckSettings settings,
            Ticker ticker,
            BiConsumer<String, Runnable> launcher,
            Runnable onReturn) {
        this.check = check;
        this.settings = settings;
        this.launcher = launcher;
        this.onReturn = onReturn;
        this.ticker = ticker;
        this.readAt = ticker.nanos();
        this.dueAt = readAt;
    }

    /** Does what is due. Returns how many nanoseconds from now something will be due again. */
    long tick() {
        long now = ticker.nanos();
        Runnable action;
        long wait;
        synchronized (this) {
            action = decide(now);
            wait = untilDue(now);
        }
        action.run();
        return wait;
    }

    synchronized Reading reading() {
        Duration age = Duration.ofNanos(ticker.nanos() - readAt);
        boolean tooOld = streak.known() && age.compareTo(settings.maxAge()) > 0;
        Health.Status status = tooOld ? Health.Status.DOWN : streak.status();
        String detail = tooOld ? "too old: no answer for longer than " + settings.maxAge() : streak.detail();
        return new Reading(settings.name(), status, detail, age, settings.critical(), streak.failures());
    }

    /** Waits for the first result. Returns whether it is there. */
    boolean awaitFirst(Deadline deadline) throws InterruptedException {
        return first.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    }

    /** Begins nothing more and interrupts what runs. Idempotent; returns at once. */
    void close() {
        CheckRun running;
        synchronized (this) {
            closed = true; // I3
            running = run;
        }
        first.countDown(); // I4
        if (running != null) {
            running.interrupt();
        }
    }

    private Runnable decide(long now) {
        if (closed) {
            return NOTHING;
        }
        if (run == null) {
            return now - dueAt >= 0 ? begin(now) : NOTHING;
        }
        if (!counted) {
            return now - startedAt >= settings.timeout().toNanos() ? giveUp(run, now) : NOTHING;
        }
        return now - dueAt >= 0 ? countStuck(now) : NOTHING;
    }

    private long untilDue(long now) {
        if (closed) {
            return NEVER;
        }
        boolean runs = run != null && !counted;
        long at = runs ? startedAt + settings.timeout().toNanos() : dueAt;
        return Math.max(0, at - now);
    }

    private Runnable begin(long now) {
        CheckRun begun = new CheckRun(check, this::returned);
        run = begun; // I1
        counted = false;
        startedAt = now;
        dueAt = now + settings.interval().toNanos();
        return () -> launch(begun);
    }

    private Runnable giveUp(CheckRun running, long now) {
        counted = true; // I2
        Runnable told = count(Health.down("no answer within " + settings.timeout()), now);
        return () -> {
            running.interrupt();
            told.run();
        };
    }

    private Runnable countStuck(long now) {
        dueAt = now + settings.interval().toNanos();
        Duration since = Duration.ofNanos(now - startedAt);
        return count(Health.down("stuck: ignores interruption, called " + since.toSeconds() + "s ago"), now);
    }

    private void launch(CheckRun begun) {
        try {
            launcher.accept(settings.name(), begun);
        } catch (RuntimeException | OutOfMemoryError e) { // no more threads is an OutOfMemoryError
            settle(Details.of(e));
        }
    }

    private void returned(Health result) {
        settle(result);
        onReturn.run();
    }

    private void settle(Health result) {
        Runnable told;
        synchronized (this) {
            told = counted || closed ? NOTHING : count(result, ticker.nanos()); // I2, I3
            run = null; // I1
        }
        told.run();
    }

    /** Takes a result in; what is returned tells the world, outside the lock. */
    private Runnable count(Health result, long now) {
        Streak before = streak;
        Streak after = before.after(result, settings);
        streak = after;
        readAt = now;
        return () -> {
            first.countDown(); // I4
            log(before, after);
        };
    }

    private void log(Streak before, Streak after) {
        if (before.status() == after.status() && before.known()) {
            return;
        }
        if (after.status() == Health.Status.DOWN) {
            LOG.warn("health check {} is DOWN: {}", settings.name(), after.detail());
        } else if (before.known()) {
            LOG.info("health check {} is {} {}", settings.name(), after.status(), after.detail());
        }
    }
}
