package dev.chassis.lifecycle;

import dev.chassis.time.Backoff;
import dev.chassis.time.Deadline;
import dev.chassis.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Starts components stage by stage, and remembers which were touched, so that exactly those are stopped again after a failure.
 *
 * <p>{@code touched} belongs to the thread that called {@link #start}; {@code ledger} is appended to by the start threads.
 */
final class Starter {

    private final StartOrder order;
    private final StartConfig config;
    private final Ticker ticker;
    private final Events events;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final AtomicReference<@Nullable StageRun> current = new AtomicReference<>();
    private final ConcurrentLinkedQueue<StartLedger.Entry> ledger = new ConcurrentLinkedQueue<>();
    private final List<Component> touched = new ArrayList<>();

    Starter(StartOrder order, StartConfig config, Ticker ticker, Events events) {
        this.order = order;
        this.config = config;
        this.ticker = ticker;
        this.events = events;
    }

    /**
     * Blocks until every component serves.
     *
     * @throws StartException the first failure, with those that followed suppressed; nothing has been stopped yet
     */
    List<StartLedger.Entry> start() {
        for (Stage stage : order.stages()) {
            startStage(stage);
        }
        return List.copyOf(ledger);
    }

    /** Ends the start as soon as possible; any thread, any time. */
    void cancel() {
        cancelled.countDown();
        StageRun run = current.get();
        if (run != null) {
            run.cancel();
        }
    }

    /** The components whose start was begun, in that order. */
    List<Component> touched() {
        return touched;
    }

    private void startStage(Stage stage) {
        if (isCancelled()) {
            throw new StartException(
                    stage.name(), StartException.Reason.CANCELLED, Duration.ZERO, "asked to stop", null);
        }
        List<Component> components = order.of(stage);
        StageRun run = new StageRun(
                "start",
                components,
                StartOrder::heldInStage,
                this::startOne,
                () -> Deadline.after(config.timeout(), ticker),
                ticker,
                true);
        current.set(run);
        if (isCancelled()) {
            run.cancel(); // a cancellation before this line may have missed the run
        }
        touched.addAll(components);
        List<StageRun.Outcome> outcomes = run.run();
        current.set(null);
        throwIfFailed(outcomes);
        if (isCancelled()) {
            throw new StartException(
                    stage.name(), StartException.Reason.CANCELLED, Duration.ZERO, "asked to stop", null);
        }
    }

    private void startOne(Component component, Deadline deadline) throws Exception {
        long began = ticker.nanos();
        events.tell(new LifecycleEvent.ComponentStarting(component.name(), component.stage()));
        int attempts = attemptUntilStarted(component, deadline);
        Duration took = Duration.ofNanos(ticker.nanos() - began);
        ledger.add(new StartLedger.Entry(component.name(), component.stage(), took, attempts));
        events.tell(new LifecycleEvent.ComponentStarted(component.name(), component.stage(), took));
    }

    private int attemptUntilStarted(Component component, Deadline deadline) throws Exception {
        Backoff backoff = new Backoff(config.retryBase(), config.retryCap());
        for (int attempt = 1; ; attempt++) {
            try {
                component.start(deadline);
                return attempt;
            } catch (TransientFailureException e) {
                Duration delay = backoff.delay(attempt - 1, ThreadLocalRandom.current());
                if (delay.compareTo(deadline.remaining()) >= 0) {
                    throw e;
                }
                events.tell(new LifecycleEvent.ComponentRetrying(component.name(), attempt, delay, e));
                if (cancelled.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
                    throw e;
                }
            }
        }
    }

    private boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    private void throwIfFailed(List<StageRun.Outcome> outcomes) {
        List<StageRun.Outcome> failed =
                outcomes.stream().filter(outcome -> !outcome.ok()).toList();
        if (failed.isEmpty()) {
            return;
        }
        failed.forEach(outcome -> events.tell(
                new LifecycleEvent.ComponentFailed(outcome.component().name(), outcome.took(), cause(outcome))));
        StartException first = exception(failed.get(0));
        failed.stream().skip(1).map(this::exception).forEach(first::addSuppressed);
        throw first;
    }

    private StartException exception(StageRun.Outcome outcome) {
        Throwable cause = cause(outcome);
        return new StartException(
                outcome.component().name(),
                reason(outcome, cause),
                outcome.took(),
                String.valueOf(describe(cause)),
                cause);
    }

    private StartException.Reason reason(StageRun.Outcome outcome, Throwable cause) {
        if (isCancelled()) {
            return StartException.Reason.CANCELLED;
        }
        if (outcome.timedOut()) {
            return StartException.Reason.TIMED_OUT;
        }
        return cause instanceof TransientFailureException
                ? StartException.Reason.DEPENDENCY_UNAVAILABLE
                : StartException.Reason.FAILED;
    }

    private static Throwable cause(StageRun.Outcome outcome) {
        Throwable failure = outcome.failure();
        return failure == null ? new IllegalStateException("no failure") : failure;
    }

    private static String describe(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getName() : message;
    }
}
