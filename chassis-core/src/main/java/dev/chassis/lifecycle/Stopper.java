package dev.chassis.lifecycle;

import dev.chassis.time.Deadline;
import dev.chassis.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Stops components stage by stage, last stage first, holders before what they hold. Every stage gets an equal share of what is left of
 * the deadline; what it does not use goes to those after it. No failure keeps another component from being stopped.
 */
final class Stopper {

    private final Ticker ticker;
    private final Events events;

    Stopper(Ticker ticker, Events events) {
        this.ticker = ticker;
        this.events = events;
    }

    /** Stops these, which were started in this order. Each failure goes to {@code failures}; returns when all is done or given up. */
    void stop(List<Component> started, Deadline deadline, Consumer<StageRun.Outcome> failures) {
        inEachStage("stop", started, deadline, Component::stop, outcome -> {
            String name = outcome.component().name();
            Throwable failure = outcome.failure();
            if (failure == null) {
                events.tell(new LifecycleEvent.ComponentStopped(name, outcome.took()));
            } else {
                events.tell(new LifecycleEvent.ComponentStopFailed(name, outcome.took(), failure));
                failures.accept(outcome);
            }
        });
    }

    /** Flushes these, in the same order and manner. */
    void flush(List<Component> started, Deadline deadline, Consumer<StageRun.Outcome> failures) {
        inEachStage("flush", started, deadline, Component::flush, outcome -> {
            if (!outcome.ok()) {
                failures.accept(outcome);
            }
        });
    }

    private void inEachStage(
            String role,
            List<Component> started,
            Deadline deadline,
            StageRun.Job job,
            Consumer<StageRun.Outcome> onOutcome) {
        List<Stage> stages = new ArrayList<>(
                started.stream().map(Component::stage).distinct().sorted().toList());
        for (int left = stages.size(); left > 0; left--) {
            Stage stage = stages.get(left - 1);
            Deadline share = deadline.atMost(deadline.remaining().dividedBy(left));
            List<Component> components = started.stream()
                    .filter(component -> component.stage() == stage)
                    .toList();
            new StageRun(role, components, holdersAmong(components), job, () -> share, ticker, false)
                    .run()
                    .forEach(onOutcome);
        }
    }

    /** Backwards: what is held waits for its holders. */
    private static StageRun.Edges holdersAmong(List<Component> components) {
        return held -> components.stream()
                .filter(holder -> holder.dependsOn().contains(held))
                .toList();
    }
}
