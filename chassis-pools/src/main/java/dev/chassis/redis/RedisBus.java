package dev.chassis.redis;

import dev.chassis.bus.ClusterBus;
import dev.chassis.health.Health;
import dev.chassis.health.HealthCheck;
import dev.chassis.lifecycle.Component;
import dev.chassis.time.Deadline;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Tells every task of a service something, over Redis pub/sub.
 *
 * <pre>{@code
 * var bus = service.add(RedisBus.over(redis));
 * bus.subscribe("prices", ClusterBus.Subscriber.of(message -> cache.invalidate(message)));
 * bus.publish("prices", sku);
 * }</pre>
 *
 * <p>Subscribers run on threads of the bus: messages of one publisher in their order, one subscriber never by two threads at a time. A
 * subscriber that is slow fills its own queue, and then is told {@code onGap}; so it is after every reconnect, when the server has
 * confirmed that it listens again. A subscription made before the start takes effect with it.
 *
 * <p>Messages carry nothing but their bytes: a subscriber has ids of its own for each, not those of the publisher.
 *
 * <p>Thread-safe.
 *
 * <ul>
 *   <li>I1: {@code topics} has an entry for exactly the channels somebody here wants. Whatever the server confirms against it is put
 *       right, so that no lock is needed around a network.
 *   <li>I2: {@code connection} and {@code threads} are written by start and stop only.
 * </ul>
 */
public final class RedisBus implements Component, ClusterBus {

    private static final Duration RETRY = Duration.ofMillis(200);

    private final RedisPool<?, ?> pool;
    private final String name;
    private final String prefix;
    private final Map<String, Topic> topics = new ConcurrentHashMap<>();
    private volatile @Nullable ExecutorService threads;
    private volatile @Nullable StatefulRedisPubSubConnection<String, byte[]> connection;

    private RedisBus(RedisPool<?, ?> pool) {
        this.pool = pool;
        this.name = pool.name() + "-bus";
        this.prefix = pool.config().bus().channelPrefix().orElse(pool.clientName() + ":");
    }

    /** A bus over this pool, named {@code <pool>-bus}, with the pool's keys {@code bus.*}. */
    public static RedisBus over(RedisPool<?, ?> pool) {
        return new RedisBus(pool);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Component> dependsOn() {
        return List.of(pool);
    }

    /**
     * Connects; on return the server has confirmed every subscription made so far.
     *
     * @throws dev.chassis.lifecycle.TransientFailureException if Redis cannot be reached now
     * @throws IllegalStateException if Redis refuses a subscription
     */
    @Override
    public void start(Deadline deadline) throws Exception {
        threads = threads();
        try {
            var opened = Waiting.get(pool.links().openPubSub(), deadline, name + ": connecting");
            opened.setTimeout(pool.config().commandTimeout());
            opened.addListener(new Listener());
            connection = opened;
            topics.values().forEach(this::ask);
            for (Topic topic : topics.values()) {
                Waiting.get(topic.confirmed(), deadline, name + ": subscribing to " + topic.channel());
            }
        } catch (Exception e) {
            stop(Deadline.after(RETRY));
            throw e;
        }
    }

    /** Ends every subscription; subscribers that run are interrupted. */
    @Override
    public void stop(Deadline deadline) {
        StatefulRedisPubSubConnection<String, byte[]> ended = connection;
        connection = null;
        if (ended != null) {
            ended.closeAsync();
        }
        ExecutorService old = threads;
        if (old != null) {
            old.shutdownNow();
        }
    }

    /**
     * Publishes, and returns when the server has taken it: at the latest after the pool's command time-out.
     *
     * @throws io.lettuce.core.RedisException if the server did not take it, or did not say so in time
     * @throws IllegalStateException if the pool has not started
     */
    @Override
    public void publish(String topic, byte[] message) {
        LettuceFutures.awaitOrCancel(
                send(pool.async(), prefix + topic, message),
                pool.config().commandTimeout().toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** Bytes as they are, whatever the codec of the pool. */
    private static <K, V> RedisFuture<Long> send(
            RedisClusterAsyncCommands<K, V> commands, String channel, byte[] message) {
        io.lettuce.core.codec.RedisCodec<K, V> none = new NoCodec<>();
        return commands.dispatch(
                CommandType.PUBLISH,
                new IntegerOutput<>(none),
                new CommandArgs<>(none)
                        .add(channel.getBytes(StandardCharsets.UTF_8))
                        .add(message));
    }

    /**
     * Subscribes. On return the server has confirmed it; if it has not within the pool's command time-out, it will be asked until it does,
     * and the subscriber is told {@code onGap} then. Before the start it only notes the wish.
     *
     * @throws IllegalStateException if the server refuses, or the bus has been stopped
     */
    @Override
    public Subscription subscribe(String topic, Subscriber subscriber) {
        String channel = prefix + topic;
        Mailbox mailbox = new Mailbox(topic, subscriber, pool.config().bus().queueSize(), task -> {
            ExecutorService running = threads;
            if (running != null) {
                running.execute(task);
            }
        });
        Topic wanted = topics.compute(channel, (key, known) -> {
            Topic one = known == null ? new Topic(channel) : known;
            one.add(mailbox);
            return one;
        });
        confirm(wanted);
        return () -> end(wanted, mailbox);
    }

    /** Not connected is unhealthy; the pings on the schedule say the same of a network that swallows everything. */
    @Override
    public Health health() {
        StatefulRedisPubSubConnection<String, byte[]> now = connection;
        return now != null && now.isOpen() ? Health.up(topics.size() + " topics") : Health.down("not connected");
    }

    @Override
    public List<HealthCheck> healthChecks() {
        return List.of(new PingCheck(name, pool.config(), supervisor -> {
            StatefulRedisPubSubConnection<String, byte[]> now = connection;
            return now == null
                    ? Health.down("not started")
                    : supervisor.<String, byte[]>ping(List.of(CompletableFuture.completedFuture(now)));
        }));
    }

    private void confirm(Topic topic) {
        if (connection == null) {
            return;
        }
        ask(topic);
        try {
            topic.confirmed().get(pool.config().commandTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            topics.remove(topic.channel(), topic);
            throw new IllegalStateException(
                    name + ": subscribing to " + topic.channel() + " was refused: " + Failures.reason(e), e);
        } catch (TimeoutException e) {
            topic.giveUpWaiting();
        } catch (InterruptedException e) {
            topic.giveUpWaiting();
            Thread.currentThread().interrupt();
        }
    }

    /** Subscribes at the server, and again a little later if it was not there. */
    private void ask(Topic topic) {
        StatefulRedisPubSubConnection<String, byte[]> now = connection;
        if (now == null || topic.confirmed().isDone() || topics.get(topic.channel()) != topic) {
            return;
        }
        now.async().subscribe(topic.channel()).whenComplete((done, failure) -> {
            if (failure instanceof RedisCommandExecutionException) {
                topic.onRefused(failure);
            } else if (failure != null) {
                later(() -> ask(topic));
            }
        });
    }

    private void later(Runnable task) {
        CompletableFuture.delayedExecutor(RETRY.toMillis(), TimeUnit.MILLISECONDS)
                .execute(task);
    }

    private void end(Topic topic, Mailbox mailbox) {
        mailbox.close();
        topics.computeIfPresent(topic.channel(), (channel, known) -> known.remove(mailbox) ? null : known);
        unsubscribeIfUnwanted(topic.channel());
    }

    private void unsubscribeIfUnwanted(String channel) {
        StatefulRedisPubSubConnection<String, byte[]> now = connection;
        if (now != null && !topics.containsKey(channel)) {
            now.async().unsubscribe(channel);
        }
    }

    private ExecutorService threads() {
        int count = pool.config().bus().threads();
        AtomicInteger number = new AtomicInteger();
        ThreadFactory factory = task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        // What arrives while it stops is discarded. The queue holds each mailbox once at most.
        return new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                factory,
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Runs on an event loop. */
    private final class Listener extends RedisPubSubAdapter<String, byte[]> {

        @Override
        public void message(String channel, byte[] message) {
            Topic topic = topics.get(channel);
            if (topic != null) {
                topic.onMessage(message);
            }
        }

        @Override
        public void subscribed(String channel, long count) {
            Topic topic = topics.get(channel);
            if (topic != null) {
                topic.onSubscribed();
            } else {
                unsubscribeIfUnwanted(channel);
            }
        }

        /** Somebody may have subscribed again while the server was ending the last subscription. */
        @Override
        public void unsubscribed(String channel, long count) {
            Topic topic = topics.get(channel);
            StatefulRedisPubSubConnection<String, byte[]> now = connection;
            if (topic != null && now != null) {
                now.async().subscribe(channel);
            }
        }
    }
}
