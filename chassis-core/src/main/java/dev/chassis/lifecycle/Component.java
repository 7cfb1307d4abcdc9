package dev.chassis.lifecycle;

import dev.chassis.health.Health;
import dev.chassis.health.HealthCheck;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A part of a service that has a life: a pool, a server, a consumer. All verbs but {@link #name}, {@link #start} and {@link #stop} have
 * defaults.
 *
 * <p>The chassis calls {@code start} once, then {@code announce}, {@code drain} and {@code stop} in that order, from threads of its own,
 * one call at a time; {@code stop} may also follow a failed or hanging {@code start}. {@code health}, {@code inFlight} and {@code
 * quietFor} are called from any thread at any time. Constructors check and store; threads and sockets begin in {@code start}.
 *
 * <p>The contract is a test: {@code dev.chassis.testing.ComponentContract}.
 */
public interface Component extends MeterBinder {

    /** What {@link #quietFor} returns when no traffic has ever arrived: longer than any quiet period. */
    Duration NO_TRAFFIC = Duration.ofDays(36_500);

    /** The name it has in the ledger, the reports, the logs and the health details; unique in a service. */
    String name();

    /** When it starts. Default: {@link Stage#RESOURCE}. */
    default Stage stage() {
        return Stage.RESOURCE;
    }

    /**
     * The components it holds. Those of its own stage start before it and stop after it; one of a later stage is a mistake that fails the
     * start. Default: none.
     */
    default List<Component> dependsOn() {
        return List.of();
    }

    /**
     * Blocks until it serves. On return it serves; on exception it holds nothing. The thread is interrupted when the deadline has passed.
     *
     * @throws TransientFailureException if the cause is passing and another attempt makes sense; the chassis retries with full jitter
     *     until the deadline
     * @throws Exception for any other reason; the whole start is rolled back
     */
    void start(Deadline deadline) throws Exception;

    /**
     * Loads what only the first use would, so that no request waits for it and no start: called once, a moment after the service has become
     * ready, while it serves and perhaps while it stops. May block. What it throws is logged and changes nothing. Default: nothing.
     *
     * @throws Exception if it could not
     */
    default void afterReady() throws Exception {}

    /**
     * The lame-duck period begins: everything is still served, but peers are asked to go elsewhere, and work that is fetched (not sent to
     * us) is no longer fetched. Returns at once; idempotent. Default: nothing.
     */
    default void announce() {}

    /**
     * Refuses new work from now on. Returns at once; idempotent.
     *
     * @return completes when in-flight work is zero, and at once, or nearly so, if there is none. It never completes exceptionally
     */
    default CompletionStage<Void> drain() {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Sends on what is still buffered (publisher confirms, batched writes) after in-flight work is over and before anything is closed.
     * Never waits past the deadline. Default: nothing.
     *
     * @throws Exception if something could not be sent; it is named in the drain report
     */
    default void flush(Deadline deadline) throws Exception {}

    /**
     * Frees everything, aborting what is left. Idempotent, legal in any state, also before {@code start}; never waits past the deadline.
     *
     * @throws Exception if something could not be freed; the others are stopped all the same
     */
    void stop(Deadline deadline) throws Exception;

    /** How many pieces of work it has accepted and not finished. Cheap. Default: 0. */
    default int inFlight() {
        return 0;
    }

    /**
     * How long ago the last piece of outside traffic arrived. The announce phase ends when every component has been quiet for the quiet
     * period. Cheap. Default: longer than anyone waits, because a component that is only used receives nothing.
     */
    default Duration quietFor() {
        return NO_TRAFFIC;
    }

    /**
     * How long until it may be called quiet, if nothing arrives from now on; zero when it is quiet already. Cheap. Default: what {@link
     * #quietFor} leaves of the quiet period. A component that knows better when its peers have let go of it overrides this.
     */
    default Duration quietIn(Duration quietPeriod) {
        Duration left = quietPeriod.minus(quietFor());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** What it knows of itself without any I/O. Default: up. */
    default Health health() {
        return Health.up();
    }

    /** The checks that need I/O; they run on the health schedule while the component is started. Default: none. */
    default List<HealthCheck> healthChecks() {
        return List.of();
    }

    /** Binds its meters; called once, before {@link #start}. Default: none. */
    @Override
    default void bindTo(MeterRegistry registry) {}
}
