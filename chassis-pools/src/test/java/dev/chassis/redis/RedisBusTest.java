package dev.chassis.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.bus.ClusterBus.Subscriber;
import dev.chassis.bus.ClusterBus.Subscription;
import dev.chassis.lifecycle.Component;
import dev.chassis.testing.ComponentContract;
import dev.chassis.testing.RedisServer;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bus between the tasks of a service. */
class RedisBusTest implements ComponentContract {

    private RedisServer server;

    @BeforeEach
    void startServer() {
        server = RedisServer.start();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Override
    public Component create() {
        return new PoolAndBus(pool());
    }

    @Test
    void reachesEveryTaskTheOwnOneIncluded() throws Exception {
        PoolAndBus one = started();
        PoolAndBus other = started();
        Recorder mine = new Recorder();
        Recorder theirs = new Recorder();
        one.bus.subscribe("prices", mine);
        other.bus.subscribe("prices", theirs);
        one.bus.publish("prices", bytes("1"));
        Redises.await("mine").until(() -> mine.seen.equals(List.of("1")));
        Redises.await("theirs").until(() -> theirs.seen.equals(List.of("1")));
        assertThat(mine.thread).startsWith("redis-bus-");
        one.stop(Redises.soon());
        other.stop(Redises.soon());
    }

    @Test
    void keepsTheOrderOfATopic() throws Exception {
        PoolAndBus bus = started();
        Recorder recorder = new Recorder();
        bus.bus.subscribe("numbers", recorder);
        List<String> numbers =
                IntStream.range(0, 5_000).mapToObj(Integer::toString).toList();
        for (int i = 0; i < numbers.size(); i += 50) {
            int upTo = i + 50; // less than the queue holds
            numbers.subList(i, upTo).forEach(number -> bus.bus.publish("numbers", bytes(number)));
            Redises.await("as fast as the subscriber").until(() -> recorder.seen.size() == upTo);
        }
        assertThat(recorder.seen).isEqualTo(numbers);
        bus.stop(Redises.soon());
    }

    @Test
    void tellsOfAGapAfterAReconnectAndHearsAgain() throws Exception {
        PoolAndBus bus = started();
        Recorder recorder = new Recorder();
        bus.bus.subscribe("prices", recorder);
        bus.bus.publish("prices", bytes("before"));
        Redises.await("heard").until(() -> recorder.seen.equals(List.of("before")));
        server.command("CLIENT", "KILL", "TYPE", "pubsub");
        Redises.await("the gap").until(() -> recorder.seen.contains("gap"));
        bus.bus.publish("prices", bytes("after"));
        Redises.await("heard again").until(() -> recorder.seen.equals(List.of("before", "gap", "after")));
        bus.stop(Redises.soon());
    }

    @Test
    void tellsASlowSubscriberOfItsGapAndHoldsUpNobodyElse() throws Exception {
        PoolAndBus bus = started();
        CountDownLatch release = new CountDownLatch(1);
        Recorder slow = new Recorder() {
            @Override
            public void onMessage(byte[] message) {
                try {
                    release.await(60, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                super.onMessage(message);
            }
        };
        Recorder quick = new Recorder();
        bus.bus.subscribe("numbers", slow);
        bus.bus.subscribe("numbers", quick);
        for (int i = 0; i < 200; i++) {
            int count = i + 1;
            bus.bus.publish("numbers", bytes(Integer.toString(i)));
            Redises.await("the quick one hears all").until(() -> quick.seen.size() == count);
        }
        release.countDown();
        Redises.await("the gap").until(() -> slow.seen.contains("gap"));
        bus.bus.publish("numbers", bytes("last"));
        Redises.await("the last").until(() -> slow.seen.contains("last"));
        assertThat(slow.seen).hasSizeBetween(100, 103).endsWith("gap", "last").doesNotHaveDuplicates();
        Redises.await("the last, by the quick one").until(() -> quick.seen.size() == 201);
        assertThat(quick.seen).doesNotContain("gap");
        bus.stop(Redises.soon());
    }

    @Test
    void subscribesWhenTheServerIsBackAndTellsOfTheGap() throws Exception {
        PoolAndBus bus = started();
        server.kill();
        Recorder recorder = new Recorder();
        bus.bus.subscribe("prices", recorder);
        assertThatThrownBy(() -> bus.bus.publish("prices", bytes("lost"))).isInstanceOf(RuntimeException.class);
        server.restart();
        Redises.await("the gap").until(() -> recorder.seen.equals(List.of("gap")));
        bus.stop(Redises.soon());
    }

    @Test
    void hearsNothingAfterItsSubscriptionHasEnded() throws Exception {
        PoolAndBus bus = started();
        Recorder recorder = new Recorder();
        Subscription subscription = bus.bus.subscribe("prices", recorder);
        subscription.close();
        subscription.close();
        Redises.await("the server knows")
                .until(() -> server.command("PUBSUB", "CHANNELS").isEmpty());
        Recorder next = new Recorder();
        bus.bus.subscribe("prices", next);
        bus.bus.publish("prices", bytes("1"));
        Redises.await("the next one hears").until(() -> next.seen.contains("1"));
        assertThat(recorder.seen).isEmpty();
        bus.stop(Redises.soon());
    }

    @Test
    void subscribesWithTheStartWhatWasWishedBefore() throws Exception {
        PoolAndBus bus = new PoolAndBus(pool());
        Recorder recorder = new Recorder();
        bus.bus.subscribe("early", recorder);
        bus.start(Redises.soon());
        assertThat(server.command("PUBSUB", "CHANNELS")).isEqualTo("redis:early");
        bus.bus.publish("early", bytes("1"));
        Redises.await("heard").until(() -> recorder.seen.equals(List.of("1")));
        bus.stop(Redises.soon());
    }

    private PoolAndBus started() throws Exception {
        PoolAndBus both = new PoolAndBus(pool());
        both.start(Redises.soon());
        return both;
    }

    private RedisPool<String, String> pool() {
        return RedisPool.of(
                "redis",
                Redises.config(
                        "url", server.url(), "reconnect-max", "200ms", "bus.queue-size", "100", "bus.threads", "2"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static class Recorder implements Subscriber {

        final List<String> seen = new CopyOnWriteArrayList<>();
        volatile String thread = "";

        @Override
        public void onMessage(byte[] message) {
            thread = Thread.currentThread().getName();
            seen.add(new String(message, StandardCharsets.UTF_8));
        }

        @Override
        public void onGap() {
            seen.add("gap");
        }
    }

    /** A bus and the pool it needs, as a service starts and stops them. */
    private static final class PoolAndBus implements Component {

        final RedisPool<String, String> pool;
        final RedisBus bus;

        PoolAndBus(RedisPool<String, String> pool) {
            this.pool = pool;
            this.bus = RedisBus.over(pool);
        }

        @Override
        public String name() {
            return bus.name();
        }

        @Override
        public void start(Deadline deadline) throws Exception {
            pool.start(deadline);
            bus.start(deadline);
        }

        @Override
        public void stop(Deadline deadline) throws Exception {
            bus.stop(deadline);
            pool.stop(deadline);
        }

        @Override
        public void bindTo(MeterRegistry registry) {
            bus.bindTo(registry);
        }
    }
}
