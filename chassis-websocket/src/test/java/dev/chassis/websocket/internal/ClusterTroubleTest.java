package dev.chassis.websocket.internal;

import static dev.chassis.websocket.internal.Sessions.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.bus.ClusterBus;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a task says of its bus while that speaks and hears on connections of their own, which come back one after the other. */
class ClusterTroubleTest {

    private static final String SILENT = "the bus does not take messages";
    private static final String DEAF = "the bus does not bring messages back";

    private final HalfBus bus = new HalfBus();
    private final TopicHub hub = new TopicHub(
            topic -> EncodedMessage.text("resync " + topic),
            null,
            bus,
            new ClusterSettings("topics", 10, Duration.ofMillis(20), Duration.ofSeconds(3), Duration.ofMinutes(1)));

    @Test
    void isOverOnlyWhenItHearsAgain() throws Exception {
        bus.away.set(true);
        hub.start();
        await().until(() -> SILENT.equals(hub.trouble()));

        bus.away.set(false);
        await().until(() -> !SILENT.equals(hub.trouble()));
        assertThat(hub.trouble()).isEqualTo(DEAF);

        Objects.requireNonNull(bus.subscriber.get()).onGap();
        assertThat(hub.trouble()).isNull();
        hub.stop(TimeUnit.SECONDS.toNanos(5));
    }

    /** Takes messages or not, and brings none back. */
    private static final class HalfBus implements ClusterBus {
        private final AtomicBoolean away = new AtomicBoolean();
        private final AtomicReference<Subscriber> subscriber = new AtomicReference<>();

        @Override
        public void publish(String topic, byte[] message) {
            if (away.get()) {
                throw new IllegalStateException("away");
            }
        }

        @Override
        public Subscription subscribe(String topic, Subscriber wanted) {
            subscriber.set(wanted);
            return () -> {};
        }
    }
}
