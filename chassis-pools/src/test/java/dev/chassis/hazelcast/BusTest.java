package dev.chassis.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.config.RingbufferConfig;
import dev.chassis.bus.ClusterBus;
import dev.chassis.context.Correlation;
import dev.chassis.health.Health;
import dev.chassis.time.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bus between two tasks that are clients of one cluster. */
@Timeout(120)
class BusTest {

    private static final Deadline LONG = Deadline.after(Duration.ofMinutes(10));
    private static final int MANY = 1_000;
    private static final int RING = 20;

    private final int port = Member.freePort();
    private final Received received = new Received();
    private Member member;
    private HazelcastPool one;
    private HazelcastPool other;

    @BeforeEach
    void start() throws Exception {
        member = Member.start("orders", port, BusTest::smallRing);
        one = Settings.client("orders", member.address(), Map.of());
        other = Settings.client("orders", member.address(), Map.of());
        one.start(LONG);
        other.start(LONG);
    }

    @AfterEach
    void stop() throws Exception {
        one.stop(LONG);
        other.stop(LONG);
        member.close();
    }

    @Test
    void everyTaskGetsEveryMessageInOrderFromTheMomentItSubscribed() {
        Received here = new Received();
        publish(one, "prices", "before");
        one.bus().subscribe("prices", here);
        other.bus().subscribe("prices", received);
        IntStream.range(0, MANY).forEach(i -> publish(one, "prices", "" + i));

        List<String> expected = IntStream.range(0, MANY).mapToObj(i -> "" + i).toList();
        await().untilAsserted(() -> assertThat(received.messages).isEqualTo(expected));
        await().untilAsserted(() -> assertThat(here.messages).isEqualTo(expected));
        assertThat(received.gaps).isEmpty();
        assertThat(here.gaps).isEmpty();
    }

    @Test
    void topicsAreApart() {
        other.bus().subscribe("prices", received);
        publish(one, "stock", "no");
        publish(one, "prices", "yes");

        await().untilAsserted(() -> assertThat(received.messages).containsExactly("yes"));
    }

    @Test
    void aSubscriberThatIsTooSlowIsToldOfTheGapAndGoesOnWithWhatIsLeft() {
        CountDownLatch slow = received.holdAt("0");
        other.bus().subscribe("small", received);
        publish(one, "small", "0");
        await().until(() -> received.messages.contains("0"));
        IntStream.range(1, 10 * RING).forEach(i -> publish(one, "small", "" + i));
        slow.countDown();

        String last = "" + (10 * RING - 1);
        await().until(() -> received.messages.contains(last));
        assertThat(received.gaps).containsExactly(1); // after one message
        assertThat(received.messages).hasSize(1 + RING).contains("" + 9 * RING);
    }

    @Test
    void aClusterThatCameBackEmptyIsAGapAndNothingThatIsPublishedAfterwardsIsMissed() {
        other.bus().subscribe("prices", received);
        IntStream.range(0, 50).forEach(i -> publish(one, "prices", "" + i));
        await().until(() -> received.messages.size() == 50);
        member.close();
        member = Member.start("orders", port, BusTest::smallRing);
        member.instance().<byte[]>getRingbuffer("chassis.bus.prices").add(bytes("first of the new"));

        await().atMost(Duration.ofSeconds(30)).until(() -> received.messages.contains("first of the new"));
        assertThat(received.gaps).isNotEmpty().first().isEqualTo(50);
        await().until(() -> one.health().status() == Health.Status.UP);
        publish(one, "prices", "next");
        await().until(() -> received.messages.contains("next"));
    }

    @Test
    void whoSubscribesBeforeTheStartIsSubscribedWithIt() throws Exception {
        HazelcastPool late = Settings.client("orders", member.address(), Map.of());
        late.bus().subscribe("prices", received);
        late.start(LONG);
        publish(one, "prices", "a");

        await().until(() -> received.messages.contains("a"));
        late.stop(LONG);
    }

    @Test
    void aSubscriberThatFailsGetsTheNextMessageAllTheSame() {
        other.bus().subscribe("prices", ClusterBus.Subscriber.of(message -> {
            received.onMessage(message);
            throw new IllegalStateException("on purpose");
        }));
        publish(one, "prices", "a");
        publish(one, "prices", "b");

        await().untilAsserted(() -> assertThat(received.messages).containsExactly("a", "b"));
    }

    @Test
    void aSubscriberHasACorrelationForItsLogLines() {
        List<String> ids = new CopyOnWriteArrayList<>();
        other.bus()
                .subscribe(
                        "prices",
                        ClusterBus.Subscriber.of(message -> ids.add(
                                Objects.requireNonNull(Correlation.current()).id())));
        publish(one, "prices", "a");
        publish(one, "prices", "b");

        await().until(() -> ids.size() == 2);
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void aClosedSubscriptionGetsNothingMoreAndLeavesNoThread() {
        ClusterBus.Subscription subscription = other.bus().subscribe("prices", received);
        publish(one, "prices", "a");
        await().until(() -> received.messages.contains("a"));
        subscription.close();
        subscription.close();
        publish(one, "prices", "b");

        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("hazelcast-bus-")));
        assertThat(received.messages).containsExactly("a");
    }

    @Test
    void publishingWithoutAClusterFails() {
        member.close();
        await().untilAsserted(() ->
                assertThatThrownBy(() -> publish(one, "prices", "a")).isInstanceOf(RuntimeException.class));
    }

    @Test
    void publishingBeforeTheStartFails() {
        HazelcastPool late = Settings.client("orders", member.address(), Map.of());
        assertThatThrownBy(() -> publish(late, "prices", "a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("hazelcast is not started, or was stopped");
    }

    private static void smallRing(Config config) {
        config.addRingBufferConfig(new RingbufferConfig("chassis.bus.small").setCapacity(RING));
    }

    private static void publish(HazelcastPool pool, String topic, String message) {
        pool.bus().publish(topic, bytes(message));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Keeps what it was told, and after how many messages it was told of gaps. */
    private static final class Received implements ClusterBus.Subscriber {

        private final List<String> messages = new CopyOnWriteArrayList<>();
        private final List<Integer> gaps = new CopyOnWriteArrayList<>();
        private volatile String heldAt = "";
        private volatile CountDownLatch held = new CountDownLatch(0);

        CountDownLatch holdAt(String message) {
            heldAt = message;
            held = new CountDownLatch(1);
            return held;
        }

        @Override
        public void onMessage(byte[] message) {
            String text = new String(message, StandardCharsets.UTF_8);
            messages.add(text);
            if (text.equals(heldAt)) {
                await().until(() -> held.getCount() == 0);
            }
        }

        @Override
        public void onGap() {
            gaps.add(messages.size());
        }
    }
}
