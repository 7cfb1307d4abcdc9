package dev.chassis.lifecycle;

import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A component that writes down what is done to it, and does what the test wants. */
final class Part implements Component {

    /** What a start or stop does beyond writing itself down. */
    interface Act {
        void run(Deadline deadline) throws Exception;
    }

    private final String name;
    private final Stage stage;
    private final List<String> journal;
    private final List<Component> held = new ArrayList<>();
    final InFlight work = new InFlight();
    volatile Act onStart = deadline -> {};
    volatile Act onStop = deadline -> {};
    volatile Act onFlush = deadline -> {};
    volatile Duration quietFor = NO_TRAFFIC;

    Part(String name, Stage stage, List<String> journal) {
        this.name = name;
        this.stage = stage;
        this.journal = journal;
    }

    static List<String> journal() {
        return Collections.synchronizedList(new ArrayList<>());
    }

    /** Blocks until interrupted, as a component does whose peer never answers. */
    static Act hang() {
        return deadline -> new CountDownLatch(1).await();
    }

    /** Blocks whatever happens, until released. */
    static Act deafUntil(CountDownLatch released) {
        return deadline -> {
            while (true) {
                try {
                    if (released.await(1, TimeUnit.MINUTES)) {
                        return;
                    }
                } catch (InterruptedException e) {
                    // deaf on purpose
                }
            }
        };
    }

    Part holding(Component... others) {
        held.addAll(List.of(others));
        return this;
    }

    Part starting(Act act) {
        onStart = act;
        return this;
    }

    Part stopping(Act act) {
        onStop = act;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Stage stage() {
        return stage;
    }

    @Override
    public List<Component> dependsOn() {
        return held;
    }

    @Override
    public void start(Deadline deadline) throws Exception {
        journal.add("start " + name);
        onStart.run(deadline);
        journal.add("started " + name);
    }

    @Override
    public void announce() {
        journal.add("announce " + name);
    }

    @Override
    public CompletionStage<Void> drain() {
        journal.add("drain " + name);
        return work.close();
    }

    @Override
    public void flush(Deadline deadline) throws Exception {
        journal.add("flush " + name);
        onFlush.run(deadline);
    }

    @Override
    public void stop(Deadline deadline) throws Exception {
        journal.add("stop " + name);
        onStop.run(deadline);
    }

    @Override
    public int inFlight() {
        return work.count();
    }

    @Override
    public Duration quietFor() {
        return quietFor;
    }
}
