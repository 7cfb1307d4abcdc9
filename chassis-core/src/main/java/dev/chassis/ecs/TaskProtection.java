package dev.chassis.ecs;

import dev.chassis.config.Checked;
import dev.chassis.lifecycle.Component;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps ECS from choosing this task for scale-in, or replacing it in a deployment, while work runs that takes longer than a drain may.
 *
 * <pre>{@code
 * var protection = service.add(TaskProtection.of(service.config(TaskProtectionConfig.class)));
 * ...
 * try (var lease = protection.hold()) {
 *     settleContest();                            // an hour
 * }
 * }</pre>
 *
 * <p>The first lease protects the task, the last one that is closed releases it, and while there are any the protection is renewed before it
 * expires. Short gaps between leases cost no calls: what is wanted is told to the agent one call after the other, and only what is wanted by
 * then. An agent that refuses is one warning, is asked again while there are leases, and fails no work. Outside of ECS leases are counted and
 * nobody is asked.
 *
 * <p>Protection is no promise: a Spot interruption, the retirement of a Fargate task, {@code StopTask} and the end of an essential container
 * do not heed it. A drain releases it as it begins, because it protects from nothing any more, and then waits for the leases as for all work in
 * flight.
 *
 * <p>The task's role needs {@code ecs:UpdateTaskProtection}.
 *
 * <p>Thread-safe. I1: {@code leases}, {@code announced}, {@code draining} and {@code stopped} are guarded by {@code lock}. I2: only the thread {@code
 * task-protection} calls the agent, outside the lock, so calls never overtake each other. I3: {@code idle} completes when the drain has begun
 * and there are no leases.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection-endpoint.html">Amazon ECS task scale-in
 *     protection endpoint</a>
 */
public final class TaskProtection implements Component, Checked {

    private static final Duration RETRY = Duration.ofSeconds(30);

    private final TaskProtectionConfig config;
    private final ProtectionState state;
    private final Duration renewal;
    private final Duration retry;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private int leases;
    private boolean announced;
    private boolean draining;
    private boolean stopped;
    private @Nullable Thread thread; // set by start, before anybody calls stop

    TaskProtection(TaskProtectionConfig config, Map<String, String> environment, Duration renewal, Duration retry) {
        this.config = config;
        this.state = new ProtectionState(environment.get(ProtectionState.VARIABLE), config.expiresIn());
        this.renewal = renewal;
        this.retry = retry;
    }

    /** The protection of the task this process runs in. */
    public static TaskProtection of(TaskProtectionConfig config) {
        return new TaskProtection(
                config, System.getenv(), Duration.ofNanos(config.expiresIn().toNanos() / 2), RETRY);
    }

    /**
     * Wants the task protected until the lease is closed. Returns at once: the agent is told within milliseconds, by another thread.
     *
     * @return to be closed when the work is over, by any thread; closing it again does nothing
     */
    public Lease hold() {
        change(1);
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                change(-1);
            }
        };
    }

    /** Whether the agent has protected the task, as far as is known. */
    public boolean isProtected() {
        return state.isProtected();
    }

    /** One piece of work. */
    @FunctionalInterface
    public interface Lease extends AutoCloseable {

        /** The work is over. Idempotent. */
        @Override
        void close();
    }

    @Override
    public String name() {
        return "task-protection";
    }

    /** The agent takes whole minutes. */
    @Override
    public void check(Problems problems) {
        if (config.expiresIn().toSecondsPart() != 0 || config.expiresIn().toNanosPart() != 0) {
            problems.add("chassis.task-protection.expires-in", "whole minutes");
        }
    }

    @Override
    public void start(Deadline deadline) {
        if (state.isOffered()) {
            thread = new Thread(this::run, "task-protection");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Nothing protects any more, so nothing shall look as if it did. */
    @Override
    public void announce() {
        lock.lock();
        try {
            announced = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletionStage<Void> drain() {
        announce();
        lock.lock();
        try {
            draining = true;
        } finally {
            lock.unlock();
        }
        completeIfIdle();
        return idle;
    }

    @Override
    public int inFlight() {
        lock.lock();
        try {
            return leases;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop(Deadline deadline) throws InterruptedException {
        lock.lock();
        try {
            announced = true;
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        Thread running = thread;
        if (running != null) {
            running.join(Math.max(1, deadline.remaining().toMillis())); // 0 would be for ever
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("chassis.task.protection.leases", this, TaskProtection::inFlight)
                .description("Pieces of work that want the task protected")
                .register(registry);
        Gauge.builder("chassis.task.protection", this, protection -> protection.isProtected() ? 1 : 0)
                .description("1 while the task is protected from scale-in and deployments")
                .register(registry);
    }

    private void change(int by) {
        lock.lock();
        try {
            leases += by;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        completeIfIdle();
    }

    /** I3. Who waits for it runs outside the lock. */
    private void completeIfIdle() {
        boolean over;
        lock.lock();
        try {
            over = draining && leases == 0;
        } finally {
            lock.unlock();
        }
        if (over) {
            idle.complete(null);
        }
    }

    /** I2. */
    private void run() {
        try {
            for (Boolean wanted = next(Duration.ZERO); wanted != null; wanted = next(pause())) {
                state.tell(wanted);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        state.tell(false);
    }

    /** How long what was told holds by itself. */
    private Duration pause() {
        return state.hasFailed() ? retry : renewal;
    }

    /**
     * Waits until something else is wanted than what was told, or that must be told again.
     *
     * @return whether protection is wanted; null when it is over
     */
    private @Nullable Boolean next(Duration pause) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = pause.toNanos();
            while (!stopped) {
                boolean wanted = leases > 0 && !announced;
                if (wanted != state.told() || wanted && left <= 0) {
                    return wanted;
                }
                if (wanted) {
                    left = changed.awaitNanos(left);
                } else {
                    changed.await();
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }
}
