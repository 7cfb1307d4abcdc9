package dev.chassis.testing;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.chassis.lifecycle.Component;
import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One component on trial: its verbs, with generous deadlines, and a stop whatever happens. Used by one thread. */
final class Trial {

    private static final Duration VERB = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Component component;

    private Trial(Component component) {
        this.component = component;
    }

    /** Runs a script, and fails when it hangs. The component is stopped at the end even when the script fails. */
    static void of(Component component, Script script) {
        assertTimeoutPreemptively(LIMIT, () -> {
            Trial trial = new Trial(component);
            try {
                script.run(trial);
            } finally {
                trial.attempt(left -> left.stop(Deadline.after(VERB)));
            }
        });
    }

    /** Looks at a component that is new, started, drained and stopped. */
    static void inEveryState(Component component, Consumer<Component> look) {
        of(component, trial -> {
            look.accept(component);
            trial.start();
            look.accept(component);
            trial.drain();
            look.accept(component);
            trial.stop();
            look.accept(component);
        });
    }

    Component component() {
        return component;
    }

    void start() throws Exception {
        component.start(Deadline.after(VERB));
    }

    /** Drains, and fails when that does not complete. */
    void drain() throws Exception {
        component.drain().toCompletableFuture().get(VERB.toSeconds(), TimeUnit.SECONDS);
    }

    void stop() throws Exception {
        component.stop(Deadline.after(VERB));
    }

    void startAndStop() throws Exception {
        start();
        stop();
    }

    /** A verb that may throw, and must only not hang. */
    void attempt(Verb verb) {
        try {
            verb.on(component);
        } catch (Exception allowed) {
            // The contract lets it throw here; that it returned at all is what counts.
        }
    }

    /** What is done to the component. */
    interface Script {
        void run(Trial trial) throws Exception;
    }

    /** One verb of the component. */
    interface Verb {
        void on(Component component) throws Exception;
    }
}
