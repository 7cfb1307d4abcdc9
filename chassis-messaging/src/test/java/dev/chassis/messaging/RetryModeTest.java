package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is chosen for which broker. The other modes than the ladder run here with a broker that pretends. */
class RetryModeTest {

    private final List<Integer> attempts = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "RabbitMQ, 4.3.0, true, NATIVE",
        "RabbitMQ, 4.10.1, true, NATIVE",
        "RabbitMQ, 5.0.0-rc.1, true, NATIVE",
        "RabbitMQ, 4.3.0, false, LADDER",
        "RabbitMQ, 4.2.9, true, LADDER",
        "RabbitMQ, 3.13.7, true, LADDER",
        "RabbitMQ, 3.10.8, false, LADDER",
        "RabbitMQ, none, true, LADDER",
        "qpid, 9.2.1, true, MEMORY",
    })
    void choosesByProductVersionAndQueue(String product, String version, boolean queueIsNative, RetryMode expected) {
        assertThat(RetryMode.choose(new Broker(product, version, Set.of()), queueIsNative))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"RabbitMQ, 3.10.0, true", "RabbitMQ, 3.9.29, false", "RabbitMQ, 4.0.1, true", "qpid, 9.2.1, false"})
    void deadLettersAtLeastOnceWhereItCan(String product, String version, boolean expected) {
        assertThat(RetryMode.deadLettersAtLeastOnce(new Broker(product, version, Set.of())))
                .isEqualTo(expected);
    }

    @Test
    void countsInMemoryForABrokerThatIsNoRabbit() throws Exception {
        try (Rig rig = new Rig()) {
            rig.links.pretended = Map.of("product", "qpid", "version", "9.2.1");
            assertThat(attemptsUntilDead(rig, rig.consumer(this::fail))).containsExactly(1, 2, 3);
            assertThat(rig.exists(rig.queue + ".retry.100ms"))
                    .as("there is no ladder")
                    .isFalse();
        }
    }

    /** The queue of 3.10 counts what is rejected, like that of 4.3; it only does not delay it. */
    @Test
    void letsTheQueueCountWhereItCan() throws Exception {
        try (Rig rig = new Rig()) {
            rig.direct.queueDelete(rig.queue);
            rig.declare(Map.of("x-queue-type", "quorum"));
            rig.links.pretended = Map.of("product", "RabbitMQ", "version", "4.3.0");
            assertThat(attemptsUntilDead(rig, rig.consumer(this::fail).retriedByQueue()))
                    .containsExactly(1, 2, 3);
            assertThat(rig.exists(rig.queue + ".retry.100ms"))
                    .as("there is no ladder")
                    .isFalse();
        }
    }

    private List<Integer> attemptsUntilDead(Rig rig, Consumer<byte[]> consumer) throws Exception {
        Rig.started(consumer.maxAttempts(3));
        rig.publish("a", "x");
        rig.take(rig.dead());
        ConsumerTest.drainAndStop(consumer);
        assertThat(rig.ready()).isZero();
        return attempts;
    }

    private Outcome fail(Delivery<byte[]> delivery) {
        attempts.add(delivery.attempt());
        return Outcome.retry("always");
    }
}
