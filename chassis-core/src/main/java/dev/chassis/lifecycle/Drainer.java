package dev.chassis.lifecycle;

import dev.chassis.time.Deadline;
import dev.chassis.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One drain, phase by phase, under one deadline. Every field but {@code soFar} belongs to the drain thread, which is the one that calls
 * {@link #drain}.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>I1: what receives is drained, and its work awaited, before what it uses: stages go from INGRESS down, so that a request that is
 *       still running can hand over background work or publish.
 *   <li>I2: nothing is stopped before all stages were awaited or the grace was over.
 *   <li>I3: no wait outlives the deadline, and {@code close} is kept of it for what follows the grace.
 * </ul>
 */
final class Drainer {

    private static final Logger LOG = LoggerFactory.getLogger(Drainer.class);

    private final StartOrder order;
    private final DrainConfig config;
    private final Ticker ticker;
    private final Events events;
    private final Stopper stopper;
    private final Map<DrainPhase, Duration> phases = new EnumMap<>(DrainPhase.class);
    private final Map<String, Integer> abandoned = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private final Map<String, Integer> inFlightAtStart = new LinkedHashMap<>();
    private String cause = "";
    private long began;
    private volatile @Nullable DrainReport soFar; // read by whoever asks how far it is

    Drainer(StartOrder order, DrainConfig config, Ticker ticker, Events events, Stopper stopper) {
        this.order = order;
        this.config = config;
        this.ticker = ticker;
        this.events = events;
        this.stopper = stopper;
    }

    /** What has been done so far; empty before the first phase is over. Any thread. */
    Optional<DrainReport> soFar() {
        return Optional.ofNullable(soFar);
    }

    /** Blocks until everything is stopped. */
    DrainReport drain(String cause, Duration announceCeiling) {
        this.cause = cause;
        this.began = ticker.nanos();
        Deadline deadline = Deadline.after(config.budget(), ticker);
        Deadline grace = deadline.before(config.close());
        inFlightAtStart.putAll(inFlight(order.all()));

        phase(DrainPhase.ANNOUNCE, () -> announce(grace.atMost(announceCeiling)));
        CompletionStage<Void> ingress = phase(DrainPhase.QUIESCE, () -> refuse(Stage.INGRESS));
        phase(DrainPhase.AWAIT, () -> awaitAll(ingress, grace));
        phase(DrainPhase.EGRESS, () -> stopper.flush(order.all(), deadline.atMost(half(deadline)), this::failed));
        phase(DrainPhase.CLOSE, () -> stopper.stop(order.all(), deadline, this::failed));
        return report();
    }

    private DrainReport report() {
        return new DrainReport(
                verdict(),
                cause,
                Duration.ofNanos(ticker.nanos() - began),
                config.budget(),
                Collections.unmodifiableMap(new EnumMap<>(phases)),
                Map.copyOf(inFlightAtStart),
                Map.copyOf(abandoned),
                List.copyOf(failures));
    }

    private void announce(Deadline ceiling) {
        for (Component component : order.all()) {
            guarded(component, component::announce);
        }
        QuietPeriod quiet = new QuietPeriod(order.all(), config.quietPeriod(), ceiling);
        for (Duration left = quiet.left(); !left.isZero(); left = quiet.left()) {
            LockSupport.parkNanos(this, left.toNanos());
        }
    }

    private CompletionStage<Void> refuse(Stage stage) {
        List<CompletableFuture<Void>> stages = new ArrayList<>();
        for (Component component : order.of(stage)) {
            guarded(component, () -> stages.add(component.drain().toCompletableFuture()));
        }
        return CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new));
    }

    /** I1. */
    private void awaitAll(CompletionStage<Void> ingress, Deadline grace) {
        List<Stage> stages = order.stages();
        for (int i = stages.size() - 1; i >= 0; i--) {
            Stage stage = stages.get(i);
            CompletionStage<Void> drained = stage == Stage.INGRESS ? ingress : refuse(stage);
            if (!isOver(drained, grace)) {
                abandon(stage);
            }
        }
    }

    private void abandon(Stage stage) {
        Map<String, Integer> held = inFlight(order.of(stage));
        abandoned.putAll(held);
        if (held.isEmpty()) {
            failures.add("stage " + stage + " did not complete its drain, with nothing in flight");
        }
    }

    /** I3. */
    private boolean isOver(CompletionStage<Void> drained, Deadline grace) {
        try {
            drained.toCompletableFuture().get(grace.remainingNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            failures.add("drain: " + e.getCause());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Map<String, Integer> inFlight(List<Component> components) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Component component : components) {
            guarded(component, () -> {
                int count = component.inFlight();
                if (count > 0) {
                    counts.put(component.name(), count);
                }
            });
        }
        return counts;
    }

    private DrainReport.Verdict verdict() {
        if (!abandoned.isEmpty()) {
            return DrainReport.Verdict.ABANDONED;
        }
        return failures.isEmpty() ? DrainReport.Verdict.CLEAN : DrainReport.Verdict.UNTIDY;
    }

    private void failed(StageRun.Outcome outcome) {
        failures.add(outcome.component().name() + ": " + outcome.failure());
    }

    private void guarded(Component component, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) { // a class that is missing must not end the drain either
            LOG.warn("Component {} failed while draining", component.name(), e);
            failures.add(component.name() + ": " + e);
        }
    }

    private <T> T phase(DrainPhase phase, Supplier<T> work) {
        events.tell(new LifecycleEvent.DrainPhaseEntered(phase));
        long entered = ticker.nanos();
        try {
            return work.get();
        } finally {
            phases.put(phase, Duration.ofNanos(ticker.nanos() - entered));
            soFar = report();
        }
    }

    private void phase(DrainPhase phase, Runnable work) {
        phase(phase, () -> {
            work.run();
            return true;
        });
    }

    private static Duration half(Deadline deadline) {
        return deadline.remaining().dividedBy(2);
    }
}
