package dev.chassis.websocket.internal;

import dev.chassis.bus.ClusterBus;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task's way to the others. Whoever sends never waits: messages queue up for one thread that may block on the bus; when there are too
 * many, the oldest go, and others notice by the numbers. The bus' thread only hands over to the hub.
 *
 * <p>The bus tells a task its own messages, too: that is how it is known to work, whatever its implementation says of itself.
 *
 * <ul>
 *   <li>I1: only {@code sender} publishes. It ends with {@link #stop}.
 *   <li>I2: {@code sentAt} is when the oldest message was handed over that has not come back; 0 if none is outstanding.
 *   <li>I3: {@code refused} says what became of the last message; only {@code sender} writes it. {@code unheard} is set with it, and stays
 *       until something comes back: a bus that takes messages again, on one connection, does not bring them yet, on another.
 * </ul>
 */
final class Cluster implements ClusterBus.Subscriber, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

    private final ClusterBus bus;
    private final ClusterSettings settings;
    private final UUID self;
    private final TopicHub hub;
    private final BlockingQueue<TaskMessage> waiting;
    private final LongAdder dropped = new LongAdder();
    private final Thread sender;
    private volatile ClusterBus.@Nullable Subscription subscription;
    private volatile boolean stopped;
    private volatile boolean refused;
    private volatile boolean unheard;
    private volatile long sentAt;

    Cluster(ClusterBus bus, ClusterSettings settings, UUID self, TopicHub hub) {
        this.bus = bus;
        this.settings = settings;
        this.self = self;
        this.hub = hub;
        this.waiting = new LinkedBlockingQueue<>(settings.queue());
        this.sender = new Thread(this, "websocket-cluster");
        sender.setDaemon(true);
    }

    /** Listens, and asks the others who is there. */
    void start() {
        subscription = bus.subscribe(settings.channel(), this);
        sender.start();
    }

    /** Sends what waits and says goodbye, as far as that takes no longer than so many nanoseconds. */
    void stop(TaskMessage goodbye, long nanos) throws InterruptedException {
        stopped = true;
        send(goodbye);
        TimeUnit.NANOSECONDS.timedJoin(sender, Math.max(1, nanos));
        sender.interrupt();
        ClusterBus.Subscription ended = subscription;
        if (ended != null) {
            ended.close();
        }
    }

    /** Never blocks; keeps the order of calls. */
    void send(TaskMessage wire) {
        while (!waiting.offer(wire)) {
            if (waiting.poll() != null) {
                dropped.increment();
            }
        }
    }

    /** Messages that were given up because the bus did not take them. */
    long dropped() {
        return dropped.sum();
    }

    /** Why other tasks may not hear us, or we them; null if they do. */
    @Nullable
    String trouble() {
        if (refused) {
            return "the bus does not take messages";
        }
        long since = sentAt;
        return unheard
                        || since != 0
                                && System.nanoTime() - since > settings.echo().toNanos()
                ? "the bus does not bring messages back"
                : null;
    }

    // ---- the sender

    @Override
    public void run() {
        long lease = System.nanoTime();
        publish(hub.ask());
        try {
            while (!stopped || !waiting.isEmpty()) {
                TaskMessage next = waiting.poll(lease - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (next != null) {
                    publish(next);
                } else {
                    lease = System.nanoTime() + settings.lease().toNanos();
                    hub.renew(settings.ttl().toNanos());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("Stopped before the bus took everything");
        }
    }

    private void publish(TaskMessage wire) {
        if (sentAt == 0) {
            sentAt = System.nanoTime() | 1; // never 0
        }
        try {
            bus.publish(settings.channel(), wire.encode());
            refused = false;
        } catch (RuntimeException e) {
            dropped.increment();
            if (!refused) {
                LOG.warn(
                        "The bus does not take what {} is told; this task's sessions are told all the same: {}",
                        settings.channel(),
                        e.toString()); // a bus that is away is no mistake of ours: no stack
            }
            unheard = true;
            refused = true;
        }
    }

    // ---- the bus

    @Override
    public void onMessage(byte[] bytes) {
        try {
            TaskMessage wire = TaskMessage.decode(bytes);
            if (wire.node().equals(self)) {
                heardMyself();
            } else {
                hub.heard(wire);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "A message of another task on {} cannot be read: is it of another version?", settings.channel(), e);
        }
    }

    @Override
    public void onGap() {
        heardMyself();
        hub.doubt();
    }

    private void heardMyself() {
        sentAt = 0;
        unheard = false;
    }
}
