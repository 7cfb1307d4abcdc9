package dev.chassis.lifecycle;

import dev.chassis.time.Deadline;
import dev.chassis.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs one job for each component of a stage, in parallel, each as soon as those it waits for are over.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>I1: {@code waiting}, {@code running} and {@code outcomes} belong to the thread that called {@link #run}; job threads only add to
 *       {@code finished}.
 *   <li>I2: every component leaves {@code running} exactly once, by the first of its outcome and its deadline; an outcome that comes later
 *       is dropped.
 *   <li>I3: a job that outlives its deadline by the {@link #MARGIN} is interrupted and left behind on its daemon thread; nobody waits for it again.
 *   <li>I4: after a failure in fail-fast mode, or a cancellation, nothing more is launched, and what runs is interrupted and has the
 *       {@link #UNWIND} to end.
 * </ul>
 */
final class StageRun {

    /** How long jobs that were interrupted because of another's failure have to give up. */
    static final Duration UNWIND = Duration.ofSeconds(5);

    /** How long a job that honours its deadline may take to return after it, before it counts as hanging. */
    static final Duration MARGIN = Duration.ofMillis(100);

    /** What is done for each component. */
    interface Job {
        void run(Component component, Deadline deadline) throws Exception;
    }

    /** Whether a component must wait for another one to be over. */
    interface Edges {
        List<Component> waitsFor(Component component);
    }

    /** How one job ended; {@code failure} is null if it went well. */
    record Outcome(
            Component component, Duration took, @Nullable Throwable failure, boolean timedOut) {

        boolean ok() {
            return failure == null;
        }
    }

    private record Running(Thread thread, Deadline deadline, long beganNanos) {}

    private record Finished(
            @Nullable Component component, @Nullable Throwable failure) {}

    private static final Finished CANCELLED = new Finished(null, null);

    private final String role;
    private final Edges edges;
    private final Job job;
    private final Supplier<Deadline> deadlines;
    private final Ticker ticker;
    private final boolean failFast;
    private final List<Component> waiting; // I1
    private final Map<Component, Running> running = new LinkedHashMap<>(); // I1
    private final List<Outcome> outcomes = new ArrayList<>(); // I1
    private final BlockingQueue<Finished> finished = new LinkedBlockingQueue<>(); // any thread
    private boolean unwinding; // I1
    private boolean interrupted; // I1

    /** A run whose jobs get a deadline each from {@code deadlines} when they are launched. */
    StageRun(
            String role,
            List<Component> components,
            Edges edges,
            Job job,
            Supplier<Deadline> deadlines,
            Ticker ticker,
            boolean failFast) {
        this.role = role;
        this.edges = edges;
        this.job = job;
        this.deadlines = deadlines;
        this.ticker = ticker;
        this.failFast = failFast;
        this.waiting = new ArrayList<>(components);
    }

    /** Blocks until everything launched is over or past its deadline. Outcomes in the order they came. */
    List<Outcome> run() {
        launchReady();
        while (!running.isEmpty()) {
            Finished next = awaitNext();
            if (next == null) {
                expire();
            } else if (next == CANCELLED) {
                unwind();
            } else {
                settle(next);
            }
            launchReady();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return outcomes;
    }

    /** Gives up; any thread, any time. */
    void cancel() {
        finished.add(CANCELLED);
    }

    private void launchReady() {
        if (unwinding) {
            return; // I4
        }
        List<Component> ready = waiting.stream().filter(this::isReady).toList();
        waiting.removeAll(ready);
        ready.forEach(this::launch);
    }

    private boolean isReady(Component component) {
        return edges.waitsFor(component).stream()
                .noneMatch(held -> waiting.contains(held) || running.containsKey(held));
    }

    private void launch(Component component) {
        Deadline deadline = deadlines.get();
        Thread thread = new Thread(() -> finished.add(execute(component, deadline)), role + "-" + component.name());
        thread.setDaemon(true);
        Deadline patience = Deadline.after(deadline.remaining().plus(MARGIN), ticker);
        running.put(component, new Running(thread, patience, ticker.nanos()));
        thread.start();
    }

    private Finished execute(Component component, Deadline deadline) {
        try {
            job.run(component, deadline);
            return new Finished(component, null);
        } catch (Throwable failure) { // a component's Error is an outcome, too; the thread ends here
            return new Finished(component, failure);
        }
    }

    private @Nullable Finished awaitNext() {
        long nanos = running.values().stream()
                .mapToLong(entry -> entry.deadline.remainingNanos())
                .min()
                .orElse(0);
        try {
            return finished.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            interrupted = true; // whoever interrupts wants an end; the flag is restored for the caller
            return CANCELLED;
        }
    }

    private void settle(Finished next) {
        Running entry = running.remove(next.component);
        if (entry == null || next.component == null) {
            return; // I2
        }
        outcomes.add(new Outcome(next.component, since(entry), next.failure, false));
        if (next.failure != null && failFast) {
            unwind();
        }
    }

    /** I2, I3: whoever is past its deadline is over. */
    private void expire() {
        List<Component> late = running.entrySet().stream()
                .filter(entry -> entry.getValue().deadline.isExpired())
                .map(Map.Entry::getKey)
                .toList();
        late.forEach(this::abandon);
        if (failFast && !late.isEmpty()) {
            unwind();
        }
    }

    private void abandon(Component component) {
        Running entry = running.remove(component);
        if (entry == null) {
            return;
        }
        Hanging hanging = new Hanging(entry.thread);
        entry.thread.interrupt();
        outcomes.add(new Outcome(component, since(entry), hanging, true));
    }

    /** I4. */
    private void unwind() {
        if (unwinding) {
            return;
        }
        unwinding = true;
        waiting.clear();
        Deadline patience = Deadline.after(UNWIND, ticker);
        running.replaceAll((component, entry) -> new Running(entry.thread, patience, entry.beganNanos));
        running.values().forEach(entry -> entry.thread.interrupt());
    }

    private Duration since(Running entry) {
        return Duration.ofNanos(ticker.nanos() - entry.beganNanos);
    }

    /** Stands for a job that did not return; its stack trace is where it hung. */
    static final class Hanging extends Exception {

        private static final long serialVersionUID = 1L;

        Hanging(Thread thread) {
            super("thread " + thread.getName() + " was still at work; its stack is below");
            setStackTrace(thread.getStackTrace());
        }
    }
}
