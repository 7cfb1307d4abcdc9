package dev.chassis.websocket.internal;

import static dev.chassis.websocket.internal.Sessions.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.bus.ClusterBus;
import dev.chassis.config.Configuration;
import dev.chassis.redis.RedisBus;
import dev.chassis.redis.RedisConfig;
import dev.chassis.redis.RedisPool;
import dev.chassis.testing.RedisServer;
import dev.chassis.time.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks that tell each other over a Redis which fails in between. */
class ClusterTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    private final List<Task> tasks = new ArrayList<>();
    private RedisServer redis;

    @BeforeEach
    void startServer() {
        redis = RedisServer.start();
    }

    @AfterEach
    void stopAll() throws Exception {
        for (Task task : tasks) {
            task.close();
        }
        redis.close();
    }

    @Test
    void tellsTheSessionsOfEveryTaskOnceAndInOrder() throws Exception {
        Task one = task();
        Task other = task();
        Sessions.Session here = one.join("scores");
        Sessions.Session there = other.join("scores");
        for (int i = 0; i < 1_000; i++) {
            one.publish("scores", "message " + i);
        }
        for (int i = 0; i < 1_000; i++) {
            assertThat(here.read()).isEqualTo("message " + i);
            assertThat(there.read()).isEqualTo("message " + i);
        }
        assertThat(here.hearsNothing() && there.hearsNothing()).isTrue();
        assertThat(one.hub.gaps() + other.hub.gaps()).isZero();
        assertThat(one.hub.trouble()).isNull();
    }

    @Test
    void neverWaitsForARedisThatHangsAndTellsItsOwnSessionsAllTheSame() throws Exception {
        Task one = task();
        Task other = task();
        Sessions.Session here = one.join("scores");
        Sessions.Session there = other.join("scores");
        one.publish("scores", "before");
        assertThat(here.read()).isEqualTo("before");
        assertThat(there.read()).isEqualTo("before");
        redis.pause();
        try {
            for (int i = 0; i < 2_000; i++) { // twice what may wait for the bus
                one.publish("scores", "message " + i);
                assertThat(here.read()).isEqualTo("message " + i);
            }
            await().until(() -> one.hub.trouble() != null);
        } finally {
            redis.resume();
        }
        assertThat(readUntil(there, "resync scores")).doesNotHaveDuplicates();
        await().until(() -> one.hub.trouble() == null);
        one.publish("scores", "after");
        assertThat(readUntil(there, "after")).isNotEmpty();
        assertThat(here.read()).isEqualTo("after");
        assertThat(other.hub.gaps()).isPositive();
    }

    @Test
    void noticesWhatWasMissedWhileRedisWasAwayAndTellsSessionsToFetchIt() throws Exception {
        Task one = task();
        Task other = task();
        Sessions.Session here = one.join("scores");
        Sessions.Session there = other.join("scores");
        one.publish("scores", "before"); // whom a task has never heard of, it cannot miss
        assertThat(here.read()).isEqualTo("before");
        assertThat(there.read()).isEqualTo("before");
        redis.kill();
        one.publish("scores", "missed");
        assertThat(here.read()).isEqualTo("missed");
        await().until(() -> one.hub.trouble() != null);
        redis.restart();
        assertThat(there.read()).isEqualTo("resync scores");
        await().until(() -> one.hub.trouble() == null && other.hub.trouble() == null);
        await().until(() -> one.doubts() > 0 && other.doubts() > 0); // both listen again, not only speak
        other.publish("scores", "after");
        assertThat(readUntil(here, "after")).containsExactly("after");
        assertThat(there.read()).isEqualTo("after");
    }

    @Test
    void tellsNobodyToFetchAnythingWhenNothingWasMissed() throws Exception {
        Task one = task();
        Task other = task();
        Sessions.Session here = one.join("scores");
        Sessions.Session there = other.join("scores");
        one.publish("scores", "before");
        assertThat(here.read()).isEqualTo("before");
        assertThat(there.read()).isEqualTo("before");
        redis.command("CLIENT", "KILL", "TYPE", "pubsub");
        await().until(() -> other.doubts() > 0 && one.doubts() > 0);
        one.publish("scores", "after");
        assertThat(here.read()).isEqualTo("after");
        assertThat(there.read()).isEqualTo("after");
        assertThat(one.hub.gaps() + other.hub.gaps()).isZero();
    }

    @Test
    void knowsWhoIsWhereUntilATaskSaysGoodbyeOrDies() throws Exception {
        Task one = task();
        Task other = task();
        Task dying = task();
        one.join("room", "ann");
        other.join("room", "ann");
        Sessions.Session bob = other.join("room", "bob");
        dying.join("room", "eve");
        await().untilAsserted(() -> assertThat(one.hub.present("room")).containsExactly("ann", "bob", "eve"));
        other.onLoop(bob, () -> other.hub.leave(bob.outbox, "room"));
        await().untilAsserted(() -> assertThat(one.hub.present("room")).containsExactly("ann", "eve"));
        Task late = task();
        await().untilAsserted(() -> assertThat(late.hub.present("room")).containsExactly("ann", "eve"));
        dying.pool.stop(Deadline.after(Duration.ofSeconds(5))); // it says nothing any more
        await().untilAsserted(() -> assertThat(late.hub.present("room")).containsExactly("ann"));
        other.close();
        one.close();
        await().untilAsserted(() -> assertThat(late.hub.present("room")).isEmpty());
    }

    @Test
    void resumesAtAnotherTask() throws Exception {
        Task one = task();
        Task other = task();
        Sessions.Session before = one.join("kept/scores");
        String token = before.read().split(" ")[2];
        for (int i = 0; i < 50; i++) {
            one.publish("kept/scores", "one " + i);
            other.publish("kept/scores", "other " + i);
        }
        Sessions.Session witness = other.join("kept/scores");
        await().until(() -> other.knowsAllOf(one) && one.knowsAllOf(other));
        Sessions.Session after = other.sessions.open();
        assertThat(other.onLoop(after, () -> other.hub.join(after.outbox, "kept/scores", null, token)))
                .isEqualTo(JoinOutcome.RESUMED);
        List<String> seen = new ArrayList<>();
        while (seen.size() < 100) {
            String text = after.read();
            if (!text.startsWith("token ")) {
                seen.add(text);
            }
        }
        assertThat(seen).doesNotHaveDuplicates().contains("one 0", "one 49", "other 0", "other 49");
        witness.close();
    }

    private static List<String> readUntil(Sessions.Session session, String last) throws Exception {
        List<String> seen = new ArrayList<>();
        do {
            seen.add(session.read());
        } while (!seen.get(seen.size() - 1).equals(last));
        return seen;
    }

    private Task task() throws Exception {
        Task task = new Task(redis);
        tasks.add(task);
        return task;
    }

    /** A hub with its bus and sessions, as a process of a service has them. */
    private static final class Task implements AutoCloseable {
        final RedisPool<String, String> pool;
        final TopicHub hub;
        final Sessions sessions = new Sessions(new OutboxSettings(1024 * 1024, TimeUnit.SECONDS.toNanos(10)), 1);
        private final RedisBus bus;
        private final AtomicInteger doubts = new AtomicInteger();
        private boolean closed;

        Task(RedisServer redis) throws Exception {
            this.pool = RedisPool.of("redis", config(redis));
            this.bus = RedisBus.over(pool);
            ClusterSettings settings = new ClusterSettings(
                    "topics", 1_000, Duration.ofMillis(500), Duration.ofSeconds(3), Duration.ofSeconds(2));
            ResumeSettings resume = new ResumeSettings(
                    topic -> topic.startsWith("kept/"),
                    1_000,
                    100 * 1024,
                    10,
                    TimeUnit.SECONDS.toNanos(60),
                    new ResumeTokens("test", KEY, 60_000, System::currentTimeMillis),
                    (topic, token) -> EncodedMessage.text("token " + topic + " " + token));
            this.hub = new TopicHub(topic -> EncodedMessage.text("resync " + topic), resume, bus, settings);
            pool.start(Deadline.after(Duration.ofSeconds(20)));
            bus.start(Deadline.after(Duration.ofSeconds(20)));
            bus.subscribe("topics", new ClusterBus.Subscriber() {
                @Override
                public void onMessage(byte[] message) {}

                @Override
                public void onGap() {
                    doubts.incrementAndGet();
                }
            });
            hub.start();
        }

        private static RedisConfig config(RedisServer redis) {
            Configuration configuration = Configuration.load(
                    Map.of(),
                    Map.of(),
                    Map.of(
                            "chassis.redis.url", redis.url(),
                            "chassis.redis.reconnect-max", "200ms",
                            "chassis.redis.command-timeout", "1s"));
            RedisConfig config = configuration.bind(RedisConfig.class);
            configuration.verify();
            return config;
        }

        Sessions.Session join(String topic) throws Exception {
            return join(topic, null);
        }

        Sessions.Session join(String topic, @Nullable String who) throws Exception {
            Sessions.Session session = sessions.open();
            onLoop(session, () -> hub.join(session.outbox, topic, who, null));
            return session;
        }

        <T> T onLoop(Sessions.Session session, Callable<T> task) throws Exception {
            return session.onLoop(task);
        }

        void onLoop(Sessions.Session session, Runnable task) throws Exception {
            session.onLoop(() -> {
                task.run();
                return null;
            });
        }

        void publish(String topic, String text) {
            hub.publish(topic, EncodedMessage.text(text), Delivery.DISCONNECT);
        }

        int doubts() {
            return doubts.get();
        }

        boolean knowsAllOf(Task other) {
            return hub.heardOf(other.hub) == other.hub.heardOf(other.hub);
        }

        @Override
        public void close() throws Exception {
            if (closed) {
                return;
            }
            closed = true;
            hub.stop(TimeUnit.SECONDS.toNanos(5));
            bus.stop(Deadline.after(Duration.ofSeconds(5)));
            pool.stop(Deadline.after(Duration.ofSeconds(5)));
            sessions.close();
        }
    }
}
