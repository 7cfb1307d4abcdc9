package dev.chassis.lifecycle;

import dev.chassis.time.Deadline;
import dev.chassis.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Moves a list of components through the life of a service, and tells events; it does nothing else. One instance is one life.
 *
 * <p>Thread-safe. {@link #start} runs on the caller's thread, the drain on a thread of its own. Invariants:
 *
 * <ul>
 *   <li>I1: {@code state} only moves downwards in {@link ServiceState}, under the lock that {@code reach} holds for the write alone.
 *   <li>I2: the drain runs at most once, and only after a start that succeeded; {@code drained} completes exactly once, whether there was
 *       anything to drain or not.
 *   <li>I3: a drain that is asked for while the start is under way cancels the start, which then rolls back and completes {@code drained}.
 * </ul>
 */
public final class Lifecycle {

    private static final Duration ROLLBACK_BUDGET = Duration.ofSeconds(10);

    private final StartOrder order;
    private final DrainConfig drainConfig;
    private final Ticker ticker;
    private final Events events;
    private final Starter starter;
    private final Stopper stopper;
    private final Drainer drainer;
    private volatile ServiceState state = ServiceState.NEW; // I1: written in reach only
    private final AtomicReference<@Nullable Request> requested = new AtomicReference<>(); // set once
    private final CompletableFuture<DrainReport> drained = new CompletableFuture<>(); // I2

    private record Request(String cause, Duration announceCeiling) {}

    /**
     * A life for these components.
     *
     * @param components in order of registration; what is of one stage starts in parallel
     * @param listeners told of every event, in this order
     * @throws IllegalArgumentException if names clash, something held was not added, or components wait for each other in a circle
     */
    public Lifecycle(
            List<Component> components,
            StartConfig startConfig,
            DrainConfig drainConfig,
            Ticker ticker,
            List<Consumer<LifecycleEvent>> listeners) {
        this.order = new StartOrder(components);
        this.drainConfig = drainConfig;
        this.ticker = ticker;
        this.events = new Events(listeners);
        this.starter = new Starter(order, startConfig, ticker, events);
        this.stopper = new Stopper(ticker, events);
        this.drainer = new Drainer(order, drainConfig, ticker, events, stopper);
    }

    /** Where the service is in its life. */
    public ServiceState state() {
        return state;
    }

    /** The components, by stage and order of registration. */
    public List<Component> components() {
        return order.all();
    }

    /**
     * Starts everything and returns when all of it serves. May be called once.
     *
     * @param originNanos the moment on this life's ticker that the ledger counts from
     * @return where the time went
     * @throws StartException if a component failed; everything that had started is stopped again
     * @throws IllegalStateException if this life has begun already
     */
    public StartLedger start(long originNanos) {
        if (!reach(ServiceState.NEW, ServiceState.STARTING)) {
            throw new IllegalStateException("a lifecycle starts once; this one is " + state);
        }
        Duration assembly = since(originNanos);
        if (requested.get() != null) {
            starter.cancel(); // asked to stop before it began
        }
        try {
            List<StartLedger.Entry> entries = starter.start();
            StartLedger ledger = new StartLedger(since(originNanos), assembly, entries, ClassArchive.inUse());
            reach(ServiceState.STARTING, ServiceState.READY);
            events.tell(new LifecycleEvent.Ready(ledger));
            drainIfRequested(); // I3: asked for after the last component had started
            return ledger;
        } catch (StartException e) {
            rollBack(e);
            throw e;
        }
    }

    /**
     * Asks for the drain, once; whoever asks again gets the same stage. On return a service that was ready is draining, and whoever
     * listens has heard of it: its readiness fails.
     *
     * @param cause what asked for it, for the report
     * @return completes with the report when everything is stopped; never exceptionally. For a service that never became ready, an empty
     *     report
     */
    public CompletionStage<DrainReport> drain(String cause) {
        return drain(cause, drainConfig.announce());
    }

    /** The same with another ceiling for the lame-duck period: zero where no load balancer can be in front, as on a developer's Ctrl-C. */
    public CompletionStage<DrainReport> drain(String cause, Duration announceCeiling) {
        if (requested.compareAndSet(null, new Request(cause, announceCeiling))) {
            switch (state) {
                case NEW, FAILED, STOPPED -> drained.complete(nothingDone(cause));
                case STARTING -> starter.cancel();
                case READY, DRAINING -> {}
            }
            drainIfRequested();
        }
        return drained.minimalCompletionStage();
    }

    /** Completes with the report when a drain is over, whoever asked for it and whenever. Never exceptionally. */
    public CompletionStage<DrainReport> drained() {
        return drained.minimalCompletionStage();
    }

    /** The report of the drain as far as it has come: after the first phase, and whole when it is over. */
    public Optional<DrainReport> drainReport() {
        return drainer.soFar();
    }

    private void drainIfRequested() {
        Request request = requested.get();
        if (request != null && reach(ServiceState.READY, ServiceState.DRAINING)) { // I2
            new Thread(() -> runDrain(request), "drain").start();
        }
    }

    private void runDrain(Request request) {
        DrainReport report = drainer.drain(request.cause, request.announceCeiling);
        reach(ServiceState.DRAINING, ServiceState.STOPPED);
        events.tell(new LifecycleEvent.DrainPhaseEntered(DrainPhase.FLUSH));
        events.tell(new LifecycleEvent.Drained(report));
        drained.complete(report);
    }

    private void rollBack(StartException failure) {
        List<Component> touched = new ArrayList<>(starter.touched());
        stopper.stop(touched, Deadline.after(ROLLBACK_BUDGET, ticker), outcome -> {
            if (outcome.failure() != null) {
                failure.addSuppressed(outcome.failure());
            }
        });
        reach(ServiceState.STARTING, ServiceState.FAILED);
        Request request = requested.get();
        if (request != null) {
            drained.complete(nothingDone(request.cause));
        }
    }

    private boolean reach(ServiceState from, ServiceState to) {
        synchronized (this) {
            if (state != from) {
                return false;
            }
            state = to;
        }
        events.tell(new LifecycleEvent.StateReached(to)); // outside the lock
        return true;
    }

    private Duration since(long originNanos) {
        return Duration.ofNanos(ticker.nanos() - originNanos);
    }

    private DrainReport nothingDone(String cause) {
        return new DrainReport(
                DrainReport.Verdict.CLEAN,
                cause,
                Duration.ZERO,
                drainConfig.budget(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of());
    }
}
