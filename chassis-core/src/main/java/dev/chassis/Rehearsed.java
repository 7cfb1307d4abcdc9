package dev.chassis;

import dev.chassis.health.Health;
import dev.chassis.health.HealthCheck;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.Stage;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A part of the service during a training run: it is started as far as that goes without what it connects to, and whether it got there does
 * not matter. Thread-safe.
 */
final class Rehearsed implements Component {

    private static final Logger LOG = LoggerFactory.getLogger("dev.chassis.training");

    /** Long enough for a cold start on a busy machine that builds images; where nobody listens it ends at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Component part;
    private final Map<Component, Component> others; // not changed any more when it is first read
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean serving; // set by the thread that starts it

    private Rehearsed(Component part, Map<Component, Component> others) {
        this.part = part;
        this.others = others;
    }

    /** These parts, rehearsed, in the same order. */
    static List<Component> all(List<Component> parts) {
        Map<Component, Component> rehearsed = new IdentityHashMap<>();
        parts.forEach(part -> rehearsed.put(part, new Rehearsed(part, rehearsed)));
        return parts.stream().map(rehearsed::get).toList();
    }

    @Override
    public String name() {
        return part.name();
    }

    @Override
    public Stage stage() {
        return part.stage();
    }

    @Override
    public List<Component> dependsOn() {
        return part.dependsOn().stream()
                .map(other -> others.getOrDefault(other, other))
                .toList();
    }

    /** On a thread that may be left behind: the process ends soon. */
    @Override
    public void start(Deadline deadline) throws InterruptedException {
        begun.set(true);
        Deadline ours = deadline.atMost(PATIENCE);
        Thread thread = new Thread(() -> attempt(ours), "train-" + part.name());
        thread.setDaemon(true);
        thread.start();
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(ours.remainingNanos())));
        thread.interrupt();
    }

    private void attempt(Deadline deadline) {
        try {
            part.start(deadline);
            serving = true;
        } catch (Exception | LinkageError e) {
            LOG.info("{}: as far as it goes without what it needs: {}", part.name(), e.toString());
        }
    }

    @Override
    public void afterReady() throws Exception {
        part.afterReady();
    }

    @Override
    public void announce() {
        part.announce();
    }

    @Override
    public void stop(Deadline deadline) {
        if (begun.get()) {
            try {
                part.stop(deadline.atMost(PATIENCE));
            } catch (Exception e) {
                LOG.info("{}: not stopped: {}", part.name(), e.toString());
            }
        }
    }

    /** What did not get as far as it serves has no health that anybody should hear of. */
    @Override
    public Health health() {
        return serving ? part.health() : Health.up();
    }

    @Override
    public List<HealthCheck> healthChecks() {
        return serving ? part.healthChecks() : List.of();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        part.bindTo(registry);
    }
}
