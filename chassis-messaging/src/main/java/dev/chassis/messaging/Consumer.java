package dev.chassis.messaging;

import dev.chassis.config.Checked;
import dev.chassis.health.Health;
import dev.chassis.health.HealthCheck;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.Stage;
import dev.chassis.lifecycle.TransientFailureException;
import dev.chassis.time.Backoff;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages from one queue and has them handled.
 *
 * <pre>{@code
 * service.add(rabbit.consumer("orders", Order.class, delivery -> {
 *     ship(delivery.payload());
 *     return Outcome.ack();
 * }).concurrency(8).orderedBy(delivery -> delivery.payload().customer()));
 * }</pre>
 *
 * <p>What it promises:
 *
 * <ul>
 *   <li>At least once: a message leaves the queue when its handler has returned, or when another queue has confirmed that it has it.
 *       Nothing is lost; what is delivered twice says so where the broker knows ({@link Delivery#redelivered()}).
 *   <li>What fails is tried again later, {@link #maxAttempts} times, then it is a dead letter in {@code <queue>.dead}, with the reason.
 *   <li>A handler has {@link #handlerTimeout} for a delivery; then it is interrupted and the delivery has failed.
 *   <li>A lost connection, a closed channel, a deleted queue: it consumes again as soon as it can, and its health says why it does not.
 *   <li>When the service drains, it fetches nothing more, gives back what no handler has begun, and waits for the rest.
 * </ul>
 *
 * <p>Configured by one thread before the start; the verbs of {@link Component} may then be called from any.
 *
 * <ul>
 *   <li>I1: {@code run} is null before a start and after stop; only start and stop write it, and whoever takes it out ends it.
 * </ul>
 */
public final class Consumer<T> implements Component, Checked {

    /** From 1000 on the client's own queue is full and blocks its I/O thread (amqp-client, {@code WorkPool}). */
    private static final int MAX_PREFETCH = 999;

    private static final int MAX_AUTOMATIC_PREFETCH = 250;
    private static final Duration CALM = Duration.ofSeconds(1);
    private static final Duration CLEAN_UP = Duration.ofSeconds(2);
    private static final Duration MAX_HANDLER_TIMEOUT = Duration.ofMinutes(15);
    private static final List<Duration> DELAYS =
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10));

    private final String name;
    private final Source source;
    private final String queue;
    private final Decoder<T> decoder;
    private final DeliveryHandler<T> handler;
    private final ConsumerStats stats = new ConsumerStats();
    private int concurrency;
    private int prefetch;
    private Duration handlerTimeout;
    private int maxAttempts;
    private List<Duration> delays = DELAYS;
    private boolean nativeRetry;
    private boolean declares = true;
    private @Nullable QueueBacklog backlog;
    private @Nullable HealthCheck gate;
    private @Nullable Function<Delivery<T>, ?> key;
    private volatile @Nullable ConsumerRun<T> run;

    Consumer(Source source, String queue, Decoder<T> decoder, DeliveryHandler<T> handler) {
        if (queue.isEmpty()) {
            throw new IllegalArgumentException("queue: \"\" (expected: the name of a queue)");
        }
        Texts.requireShort("queue and what it is for", queue + ".retry.86399999ms");
        this.name = source.connection().name() + "-" + queue;
        this.source = source;
        this.queue = queue;
        this.decoder = decoder;
        this.handler = handler;
        RabbitConfig.Consuming defaults = source.config().consume();
        this.concurrency = defaults.concurrency();
        this.prefetch = defaults.prefetch();
        this.handlerTimeout = defaults.handlerTimeout();
        this.maxAttempts = defaults.maxAttempts();
    }

    /**
     * How many deliveries are handled at once. Default: {@code chassis.rabbit.consume.concurrency}, else four per processor.
     *
     * @throws IllegalArgumentException if it is not 1 to 999
     */
    public Consumer<T> concurrency(int deliveries) {
        concurrency = within("concurrency", deliveries, MAX_PREFETCH);
        return this;
    }

    /**
     * How many deliveries the broker sends ahead; at least the concurrency. Default: {@code chassis.rabbit.consume.prefetch}, else three
     * times the concurrency, at most 250.
     *
     * @throws IllegalArgumentException if it is not 1 to 999: the broker's 0, which is unlimited, would have it send the whole queue
     */
    public Consumer<T> prefetch(int deliveries) {
        prefetch = within("prefetch", deliveries, MAX_PREFETCH);
        return this;
    }

    /**
     * Deliveries with equal keys are handled one after the other, in the order they arrive; others at the same time. The function is called
     * on a worker, for one delivery at a time, so it must be quick. A delivery that has failed is overtaken by those behind it. A handler
     * that ignores its interruption is overtaken, too, rather than hold its lane for ever.
     */
    public Consumer<T> orderedBy(Function<Delivery<T>, ?> keyOf) {
        key = keyOf;
        return this;
    }

    /**
     * How long one delivery may be handled. Default: {@code chassis.rabbit.consume.handler-timeout}, 60 s.
     *
     * @throws IllegalArgumentException if it is not positive, or more than 15 minutes, half of what a broker waits by default
     */
    public Consumer<T> handlerTimeout(Duration limit) {
        if (limit.isNegative() || limit.isZero() || limit.compareTo(MAX_HANDLER_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "handlerTimeout: " + limit + " (expected: more than zero, at most " + MAX_HANDLER_TIMEOUT + ")");
        }
        handlerTimeout = limit;
        return this;
    }

    /**
     * How often a delivery is tried before it becomes a dead letter. Default: {@code chassis.rabbit.consume.max-attempts}, 8.
     *
     * @throws IllegalArgumentException if it is not 1 to 1000
     */
    public Consumer<T> maxAttempts(int attempts) {
        maxAttempts = within("maxAttempts", attempts, 1000);
        return this;
    }

    /**
     * How long a failed delivery waits before it is tried again: the first time, the second, and so on; the last one for all others.
     * Default: 5 s, 30 s, 2 min, 10 min. Each is a queue, so other values leave queues of the old ones behind.
     *
     * @throws IllegalArgumentException if there is none, or one is shorter than a millisecond or longer than a day
     */
    public Consumer<T> retry(Duration... waits) {
        for (Duration wait : waits) {
            if (wait.toMillis() < 1 || wait.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("retry: " + wait + " (expected: 1 ms to 24 h)");
            }
        }
        if (waits.length == 0) {
            throw new IllegalArgumentException("retry: nothing (expected: one delay or more)");
        }
        delays = List.copyOf(Arrays.asList(waits));
        return this;
    }

    /**
     * Says that the queue is a quorum queue with {@code x-delayed-retry-type}, so that a broker from RabbitMQ 4.3 on can be left to delay
     * what is rejected. With an older one nothing changes.
     */
    public Consumer<T> retriedByQueue() {
        nativeRetry = true;
        return this;
    }

    /** Leaves it to others to declare the queues for retries and dead letters. Where one is missing, what fails stays in the queue. */
    public Consumer<T> declaringNothing() {
        declares = false;
        return this;
    }

    /**
     * Asks the broker every 10 s how many messages wait and how many consume them, and tells the quotient as the gauge {@code
     * chassis.backlog.per.task}: what a scaling policy follows. Those that wait are those that nobody has fetched; of two consumers of one queue in one
     * service each counts as a task. The gauge is not a number while the broker does not say, or nobody consumes.
     */
    public Consumer<T> measuringBacklog() {
        backlog = new QueueBacklog(name, queue, source.consuming());
        return this;
    }

    /**
     * Pauses while this check fails. It is asked when a delivery has failed, and at its own interval while paused; one failure is enough to
     * pause, one success to go on. A delivery that failed with {@link DependencyDownException} pauses at once, and goes back uncounted.
     */
    public Consumer<T> pauseWhile(HealthCheck failing) {
        gate = failing;
        return this;
    }

    /** Pauses while this is true of what has this name; asked like a check, every second while paused. */
    public Consumer<T> pauseWhile(String dependency, BooleanSupplier isDown) {
        return pauseWhile(new DownCheck(dependency, isDown));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Stage stage() {
        return Stage.INGRESS;
    }

    @Override
    public List<Component> dependsOn() {
        return List.of(source.connection());
    }

    /** The rules between concurrency and prefetch. */
    @Override
    public void check(Problems problems) {
        ConsumerSettings settings = settings();
        if (settings.concurrency() > MAX_PREFETCH) {
            problems.add(source.prefix() + ".consume.concurrency", "at most " + MAX_PREFETCH);
        } else if (settings.prefetch() < settings.concurrency()) {
            problems.add(
                    source.prefix() + ".consume.prefetch",
                    "at least the concurrency of " + name + ", " + settings.concurrency());
        } else if (settings.prefetch() > MAX_PREFETCH) {
            problems.add(source.prefix() + ".consume.prefetch", "at most " + MAX_PREFETCH);
        }
    }

    /**
     * Waits for the connection, declares the queues for retries and dead letters, and consumes.
     *
     * @throws TransientFailureException if there is no connection by the deadline
     * @throws IllegalStateException if the broker refuses: the queue is not there, or is not ours to read
     * @throws IllegalArgumentException if settings break a rule, for a consumer that no service has checked
     */
    @Override
    public void start(Deadline deadline) throws Exception {
        check((broken, expected) -> {
            throw new IllegalArgumentException(broken + " (expected: " + expected + ")");
        });
        ConsumerRun<T> begun =
                ConsumerRun.begin(settings(), source, stats, new Settler.Wiring<>(decoder, handler, key));
        run = begun;
        try {
            begun.settler().started().get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw undone(new IllegalStateException(name + ": " + Channels.text(e.getCause()), e.getCause()));
        } catch (TimeoutException e) {
            throw undone(new TransientFailureException(
                    name + ": not consuming yet: " + stats.status().reason(), e));
        } catch (InterruptedException e) {
            throw undone(e);
        }
    }

    /** A start that fails holds nothing. */
    private <E extends Exception> E undone(E failure) {
        try {
            stop(Deadline.after(CLEAN_UP));
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    /** Fetches nothing more. What has been fetched is still handled. */
    @Override
    public void announce() {
        ConsumerRun<T> now = run;
        if (now != null) {
            now.settler().announce();
        }
    }

    /** Gives back what no handler has begun, and waits for the others; completes when the broker has taken the last acknowledgement. */
    @Override
    public CompletionStage<Void> drain() {
        ConsumerRun<T> now = run;
        if (now == null) {
            return CompletableFuture.completedFuture(null);
        }
        return now.drain();
    }

    /**
     * Interrupts what is left, gives it back and closes the channel.
     *
     * @throws IllegalStateException if that took longer than the deadline; the broker takes everything back when the connection ends
     */
    @Override
    public void stop(Deadline deadline) throws Exception {
        ConsumerRun<T> ended = run;
        run = null;
        if (ended != null) {
            ended.end(name, deadline);
        }
    }

    /** Deliveries that a handler has begun and that are not settled. */
    @Override
    public int inFlight() {
        ConsumerRun<T> now = run;
        return now == null ? 0 : now.inFlight().count();
    }

    @Override
    public Health health() {
        ConsumerStats.Status status = stats.status();
        ConsumerRun<T> now = run;
        return switch (status.state()) {
            case STOPPED -> Health.down(now == null ? "not started" : "its thread has ended");
            case CONSUMING -> consuming(now);
            case CONNECTING -> Health.degraded("connecting: " + status.reason());
            case PAUSED -> Health.degraded("paused: " + status.reason());
            case DRAINING -> Health.up("draining");
            case MISCONFIGURED -> Health.down(status.reason());
        };
    }

    /** What {@link #measuringBacklog} asks; nothing else needs I/O. */
    @Override
    public List<HealthCheck> healthChecks() {
        return backlog == null ? List.of() : List.of(backlog);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        stats.bindTo(registry, queue);
        if (backlog != null) {
            backlog.bindTo(registry);
        }
        Gauge.builder("rabbitmq.consumer.in.flight", this, Consumer::inFlight)
                .description("Deliveries that are being handled")
                .tag("queue", queue)
                .register(registry);
    }

    ConsumerStats stats() {
        return stats;
    }

    ConsumerSettings settings() {
        int workers = concurrency == 0 ? 4 * Runtime.getRuntime().availableProcessors() : concurrency;
        int ahead = prefetch == 0 ? Math.max(workers, Math.min(3 * workers, MAX_AUTOMATIC_PREFETCH)) : prefetch;
        RabbitConfig config = source.config();
        return new ConsumerSettings(
                name,
                queue,
                workers,
                ahead,
                handlerTimeout,
                maxAttempts,
                delays,
                nativeRetry,
                declares,
                gate,
                new Backoff(config.reconnectMin(), config.reconnectMax()),
                calm(config),
                config.publish().confirmTimeout());
    }

    /** At once would not help; but never slower than it may be. */
    private static Backoff calm(RabbitConfig config) {
        Duration max = config.reconnectMax();
        Duration first = CALM.compareTo(max) < 0 ? CALM : max;
        return new Backoff(first.compareTo(config.reconnectMin()) < 0 ? config.reconnectMin() : first, max);
    }

    private Health consuming(@Nullable ConsumerRun<T> now) {
        if (now == null) {
            return Health.down("not started");
        }
        Dispatcher<T> dispatcher = now.settler().dispatcher();
        long oldest = dispatcher.running().stream()
                .mapToLong(Work::startedNanos)
                .reduce((one, other) -> one - other < 0 ? one : other)
                .orElse(0);
        String detail = stats.ages() + (oldest == 0 ? "" : ", oldest in flight began " + ConsumerStats.age(oldest));
        int stuck = dispatcher.stuck();
        return stuck == 0
                ? Health.up(detail)
                : Health.degraded(stuck + " handlers ignore their interruption; " + detail);
    }

    private static int within(String option, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(option + ": " + value + " (expected: 1 to " + max + ")");
        }
        return value;
    }

    /**
     * Where a consumer gets its connections from.
     *
     * @param prefix of its keys
     * @param consuming for deliveries and their settlement
     * @param publishing for retries and dead letters
     */
    record Source(Component connection, String prefix, Links consuming, Links publishing, RabbitConfig config) {}

    /** Something that is down or not. */
    private record DownCheck(String name, BooleanSupplier isDown) implements HealthCheck {

        @Override
        public Health check() {
            return isDown.getAsBoolean() ? Health.down(name + " is down") : Health.up();
        }

        @Override
        public Duration interval() {
            return Duration.ofSeconds(1);
        }
    }
}
