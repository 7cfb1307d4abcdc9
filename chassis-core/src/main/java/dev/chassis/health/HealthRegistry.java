package dev.chassis.health;

import dev.chassis.time.Deadline;
import dev.chassis.time.Ticker;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Every check and component of a service, and what is known of them. Checks that need I/O run on a schedule, each run on a daemon thread
 * of its own named {@code health-<name>}; reading the answers never does I/O.
 *
 * <pre>{@code
 * HealthRegistry health = new HealthRegistry(Ticker.system());
 * HealthRegistry.Registration pool = health.register(databaseCheck);
 * health.register("orders-queue", consumer::health);
 * health.start();
 * health.awaitFirst(deadline);
 * }</pre>
 *
 * <p>What time does to a check:
 *
 * <ul>
 *   <li>The first run begins at once (at {@link #start}, or at registration after that); before its result the reading is {@code DOWN},
 *       "not yet run". The first result decides alone, later ones by {@link HealthCheck#failuresToDown} and {@link
 *       HealthCheck#successesToUp}; one success sets the count of failures back to zero.
 *   <li>The next run begins {@link HealthCheck#interval} after the last one began, but never before that has returned.
 *   <li>A run that takes {@link HealthCheck#timeout} is interrupted and counts as failed. If it ignores that, it is reported as stuck, is
 *       not started again before it returns, and counts as failed at every interval.
 *   <li>A reading older than three intervals plus one timeout is {@code DOWN}, "too old".
 * </ul>
 *
 * <p>A change of verdict is logged: to {@code DOWN} as WARN, back as INFO.
 *
 * <p>Thread-safe. One life: start once, stop once or more often.
 *
 * <ul>
 *   <li>I1: of one name there is one check at most and one component at most; the maps' {@code putIfAbsent} decides.
 *   <li>I2: only the thread {@code health} calls {@link #tick}, and runs no foreign code in it.
 *   <li>I3: after {@link #stop} no run begins.
 * </ul>
 */
public final class HealthRegistry {

    private enum State {
        NEW,
        STARTED,
        STOPPED
    }

    private final Ticker ticker;
    private final BiConsumer<String, Runnable> launcher;
    private final HealthThread thread = new HealthThread(this::tick);
    private final Map<String, ScheduledCheck> checks = new ConcurrentHashMap<>();
    private final Map<String, Supplier<Health>> components = new ConcurrentHashMap<>();
    private State state = State.NEW; // guarded by this

    /** A registry that measures time on this ticker. Starts nothing. */
    public HealthRegistry(Ticker ticker) {
        this(ticker, HealthRegistry::launch);
    }

    /** For tests: {@code launcher} runs a task on a thread of its own, named by the first argument. */
    HealthRegistry(Ticker ticker, BiConsumer<String, Runnable> launcher) {
        this.ticker = ticker;
        this.launcher = launcher;
    }

    /**
     * Adds a check; it is asked about its settings here and never again.
     *
     * @return ends the check
     * @throws IllegalArgumentException if there is a check of that name, or an interval, timeout or count is out of range
     * @throws IllegalStateException if stopped
     */
    public Registration register(HealthCheck check) {
        CheckSettings settings = CheckSettings.of(check);
        ScheduledCheck scheduled = new ScheduledCheck(check, settings, ticker, launcher, thread::wake);
        Registration registration = add(checks, settings.name(), scheduled);
        thread.wake();
        return () -> {
            registration.close();
            scheduled.close();
        };
    }

    /**
     * Adds what a component knows of itself without I/O. It is asked by whoever reads, must be quick and thread-safe, and is never
     * critical. A component and a check of the same name make one reading, the worse of the two.
     *
     * @return removes it
     * @throws IllegalArgumentException if there is a component of that name
     * @throws IllegalStateException if stopped
     */
    public Registration register(String name, Supplier<Health> health) {
        CheckSettings.checkName(name);
        return add(components, name, health);
    }

    /**
     * Starts the schedule. Returns at once.
     *
     * @throws IllegalStateException if started or stopped before
     */
    public void start() {
        synchronized (this) {
            if (state != State.NEW) {
                throw new IllegalStateException("health registry: start in state " + state);
            }
            state = State.STARTED;
        }
        thread.start();
    }

    /**
     * Waits until every check that is registered now has had its first result, good or bad.
     *
     * @return whether it has; {@code false} if the deadline passed first
     * @throws InterruptedException if interrupted while waiting
     */
    public boolean awaitFirst(Deadline deadline) throws InterruptedException {
        for (ScheduledCheck check : checks.values()) {
            if (!check.awaitFirst(deadline)) {
                return false;
            }
        }
        return true;
    }

    /** What is known now, one reading per name, in order of name. Calls the components; does no I/O. */
    public List<Reading> readings() {
        Map<String, Reading> readings = new TreeMap<>();
        for (ScheduledCheck check : checks.values()) {
            Reading reading = check.reading();
            readings.put(reading.name(), reading);
        }
        components.forEach((name, health) -> readings.merge(name, ask(name, health), Reading::orWorse));
        return List.copyOf(readings.values());
    }

    /** Ends the schedule and interrupts the checks that run. No run begins after it returns. Idempotent; returns at once. */
    public void stop() {
        synchronized (this) {
            state = State.STOPPED;
        }
        thread.stop();
        checks.values().forEach(ScheduledCheck::close); // I3
    }

    /** Does what is due; returns how many nanoseconds from now something will be due again. */
    long tick() {
        long nanos = Long.MAX_VALUE;
        for (ScheduledCheck check : checks.values()) {
            nanos = Math.min(nanos, check.tick());
        }
        return nanos;
    }

    private <T> Registration add(Map<String, T> entries, String name, T entry) {
        if (entries.putIfAbsent(name, entry) != null) {
            throw new IllegalArgumentException(
                    "health: \"" + name + "\" is registered twice (expected: a name of its own)");
        }
        if (isStopped()) { // looked at after the put, so that stop closes whatever it does not refuse
            entries.remove(name, entry);
            throw new IllegalStateException("health registry: register \"" + name + "\" after stop");
        }
        return () -> entries.remove(name, entry);
    }

    private synchronized boolean isStopped() {
        return state == State.STOPPED;
    }

    private static Reading ask(String name, Supplier<Health> component) {
        Health health;
        try {
            health = Details.of(component.get());
        } catch (RuntimeException e) {
            health = Details.of(e);
        }
        return Reading.ofComponent(name, health);
    }

    private static void launch(String name, Runnable task) {
        Thread thread = new Thread(task, "health-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends what a {@code register} began. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {

        /** Removes it from the readings; a check that runs is interrupted. Idempotent; returns at once. */
        @Override
        void close();
    }
}
