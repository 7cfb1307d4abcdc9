package dev.chassis.departure;

import dev.chassis.PlatformConfig;
import dev.chassis.Service;
import dev.chassis.config.Checked;
import dev.chassis.ecs.EcsMetadata;
import dev.chassis.ecs.EcsTask;
import dev.chassis.health.Health;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.Stage;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that ECS takes this task away before there is a SIGTERM. A deployment takes a task out of its target group, waits for the
 * deregistration delay, at whose end the load balancer cuts every connection, and only then sends the signal that begins a drain. Requests are
 * over by then; sockets are not, so who holds some closes them before that:
 *
 * <pre>{@code
 * WebSockets sockets = service.add(WebSockets.from(service));
 * service.add(DepartureWatch.from(service)).onDeparture(leaving -> sockets.moveAway(leaving.window()));
 * }</pre>
 *
 * <p>Nothing inside a task tells of it, the metadata endpoint neither, so ECS is asked again and again ({@code DescribeTasks} of this one task),
 * on a thread of its own. The task's role needs {@code ecs:DescribeTasks}; without it there is one warning, the watch is DEGRADED, and ECS is asked
 * once a minute in case it has changed. A start never waits for ECS and never fails by it. Outside of ECS nobody is asked.
 *
 * <p>Listeners are added by one thread before the start; the rest is thread-safe. Invariants:
 *
 * <ul>
 *   <li>I1: only the thread {@code departure-watch} asks, one question after the other, and calls the listeners, once.
 *   <li>I2: nobody is asked after the departure, nor once {@code over}: a drain needs no watch.
 * </ul>
 */
public final class DepartureWatch implements Component, Checked {

    private static final Logger LOG = LoggerFactory.getLogger(DepartureWatch.class);

    /** A question that fails now and then is nobody's concern. */
    private static final int TELLING = 3;

    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final DepartureConfig config;
    private final PlatformConfig platform;
    private final Map<String, String> environment;
    private final DepartureTiming timing;
    private final List<Consumer<Departure>> listeners = new CopyOnWriteArrayList<>();
    private final LongAdder failed = new LongAdder();
    private @Nullable ScheduledExecutorService clock; // of start and stop
    private int failures; // of the clock's thread, in a row
    private volatile @Nullable TaskCall call; // written by the clock's thread
    private volatile @Nullable Departure seen; // written by the clock's thread
    private volatile String trouble = ""; // written by the clock's thread
    private volatile boolean over; // I2

    DepartureWatch(DepartureConfig config, PlatformConfig platform, Map<String, String> environment) {
        this.config = config;
        this.platform = platform;
        this.environment = environment;
        this.timing = DepartureTiming.of(config, platform);
    }

    /** The watch of this task, with the keys {@code chassis.departure.*}. */
    public static DepartureWatch from(Service service) {
        return new DepartureWatch(
                service.config(DepartureConfig.class), service.config(PlatformConfig.class), System.getenv());
    }

    /**
     * Adds who is told of the departure, once, on the thread of the watch. What it throws is logged, and the others are told all the same.
     * Before the start.
     */
    public DepartureWatch onDeparture(Consumer<Departure> listener) {
        listeners.add(listener);
        return this;
    }

    @Override
    public String name() {
        return "departure-watch";
    }

    @Override
    public Stage stage() {
        return Stage.INGRESS;
    }

    /** What is left of the deregistration delay when a departure is noticed must be enough to leave. */
    @Override
    public void check(Problems problems) {
        platform.deregistrationDelay().ifPresent(delay -> {
            Duration least = timing.lead().plus(config.window().orElse(DepartureTiming.LEAST_WINDOW));
            if (delay.compareTo(least) < 0) {
                problems.add(
                        "chassis.platform.deregistration-delay",
                        "at least " + least.toMillis() + "ms: 2.2 × the time between two questions, "
                                + timing.interval().toMillis() + "ms, 2 × chassis.departure.timeout, "
                                + DepartureTiming.MARGIN.toMillis() + "ms, and chassis.departure.window");
            }
        });
    }

    @Override
    public void start(Deadline deadline) {
        if (environment.getOrDefault(EcsMetadata.VARIABLE, "").isBlank()) {
            LOG.info(
                    "nobody is asked for the departure of this task: {} is not set, so it is none of ECS",
                    EcsMetadata.VARIABLE);
            return;
        }
        ScheduledExecutorService made = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "departure-watch");
            thread.setDaemon(true);
            return thread;
        });
        clock = made;
        schedule(made, timing.first());
    }

    private void schedule(ScheduledExecutorService on, Duration pause) {
        try {
            on.schedule(() -> ask(on), pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ended) {
            LOG.debug("The watch has ended");
        }
    }

    /** I1, I2. */
    private void ask(ScheduledExecutorService on) {
        if (over) {
            return;
        }
        Duration pause;
        try {
            TaskStatus status = call().ask();
            if (status.isLeaving()) {
                on.shutdown();
                departed(status);
                return;
            }
            answered();
            pause = timing.next();
        } catch (DeniedException e) {
            failed(String.valueOf(e.getMessage()), !trouble.equals(e.getMessage()));
            pause = timing.afterDenial();
        } catch (IOException | RuntimeException | LinkageError e) { // some leave out jars of the SDK
            failed(String.valueOf(e.getMessage()), failures + 1 == TELLING);
            pause = timing.after(failures);
        }
        if (!over) {
            schedule(on, pause);
        }
    }

    private TaskCall call() throws IOException {
        TaskCall known = call;
        if (known == null) {
            EcsTask task = EcsMetadata.read(environment)
                    .toCompletableFuture()
                    .join()
                    .orElseThrow(() -> new IOException("the task's ARN is not known"));
            known = TaskCall.of(task, config);
            call = known;
        }
        return known;
    }

    private void departed(TaskStatus status) {
        Departure departure = new Departure(status.last(), status.desired(), status.reason(), timing.window());
        LOG.atInfo()
                .addKeyValue("event", "departure")
                .addKeyValue("last_status", status.last())
                .addKeyValue("desired_status", status.desired())
                .addKeyValue("window_ms", timing.window().toMillis())
                .log("ECS takes this task away, {}: {}", status.last(), status.reason());
        seen = departure;
        for (Consumer<Departure> listener : listeners) {
            try {
                listener.accept(departure);
            } catch (RuntimeException e) {
                LOG.error("A listener failed of those that are told of the departure", e);
            }
        }
    }

    private void answered() {
        if (!trouble.isEmpty()) {
            LOG.info("ECS answers again whether it takes this task away");
        }
        failures = 0;
        trouble = "";
    }

    private void failed(String reason, boolean telling) {
        failures++;
        if (over) {
            return; // the call was ended
        }
        failed.increment();
        if (telling) {
            trouble = reason;
            LOG.warn(
                    "It will not be noticed if ECS takes this task away before SIGTERM, and the load balancer cuts its sockets: {}",
                    reason);
        }
    }

    /** I2. */
    @Override
    public void announce() {
        over = true;
        if (clock != null) {
            clock.shutdownNow();
        }
    }

    /**
     * Ends a question that is under way, and the thread.
     *
     * @throws InterruptedException if the calling thread is interrupted
     */
    @Override
    public void stop(Deadline deadline) throws InterruptedException {
        announce();
        TaskCall current = call;
        if (current != null) {
            current.close();
        }
        if (clock != null && !clock.awaitTermination(deadline.atMost(GOODBYE).remainingNanos(), TimeUnit.NANOSECONDS)) {
            LOG.debug("A question to ECS outlives the watch; its thread is a daemon");
        }
    }

    @Override
    public Health health() {
        Departure departure = seen;
        if (departure != null) {
            return Health.up("ECS takes this task away, " + departure.lastStatus());
        }
        return trouble.isEmpty() ? Health.up() : Health.degraded("a departure will not be noticed: " + trouble);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("chassis.departure.failures", failed, LongAdder::sum)
                .description("Questions to ECS that got no answer")
                .register(registry);
        Gauge.builder("chassis.departure", this, watch -> watch.seen == null ? 0 : 1)
                .description("1 once ECS is known to take the task away")
                .register(registry);
    }
}
