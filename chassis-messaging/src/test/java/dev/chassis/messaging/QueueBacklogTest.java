package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.health.Health;
import dev.chassis.health.HealthCheck;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class QueueBacklogTest {

    private static final String GAUGE = "chassis.backlog.per.task";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CountDownLatch held = new CountDownLatch(1);

    @Test
    void itIsWhatWaitsByThoseWhoConsume() throws Exception {
        try (Rig rig = new Rig()) {
            Consumer<byte[]> first = holding(rig).measuringBacklog();
            Consumer<byte[]> second = holding(rig);
            HealthCheck check = measured(first);
            rig.publishMany(11);
            assertThat(perTask()).isNaN();

            assertThat(check.check().status()).isEqualTo(Health.Status.UP);
            assertThat(perTask()).as("nobody consumes").isNaN();

            Rig.started(first);
            Rig.await("one is fetched").until(() -> rig.ready() == 10);
            check.check();
            assertThat(perTask()).isEqualTo(10);

            Rig.started(second);
            Rig.await("two are fetched").until(() -> rig.ready() == 9);
            assertThat(check.check().detail()).isEqualTo("9 messages wait for 2 consumers");
            assertThat(perTask()).isEqualTo(4.5);

            first.announce();
            Rig.await("one consumer has gone").until(() -> rig.direct.consumerCount(rig.queue) == 1);
            check.check();
            assertThat(perTask()).isEqualTo(9);
            held.countDown();
        }
    }

    @Test
    void withoutTheQueueItIsNotKnownAndTheConnectionLives() throws Exception {
        try (Rig rig = new Rig()) {
            HealthCheck check = measured(holding(rig).measuringBacklog());
            rig.direct.queueDelete(rig.queue);

            Health health = check.check();

            assertThat(health.status()).isEqualTo(Health.Status.DEGRADED);
            assertThat(health.detail()).contains("not known how many messages wait: NOT_FOUND");
            assertThat(perTask()).isNaN();
            assertThat(rig.links.current()).isNotNull();
        }
    }

    @Test
    void withoutAConnectionItIsNotKnown() throws Exception {
        try (Rig rig = new Rig()) {
            HealthCheck check = measured(holding(rig).measuringBacklog());
            Rig.started(holding(rig));
            rig.publishMany(2);
            check.check();
            held.countDown();
            rig.links.stop(Rig.soon());

            assertThat(check.check().status()).isEqualTo(Health.Status.DEGRADED);
            assertThat(perTask()).isNaN();
        }
    }

    @Test
    void itIsNotMeasuredUnlessAskedFor() throws Exception {
        try (Rig rig = new Rig()) {
            Consumer<byte[]> consumer = holding(rig);
            consumer.bindTo(meters);

            assertThat(consumer.healthChecks()).isEmpty();
            assertThat(meters.find(GAUGE).gauge()).isNull();
        }
    }

    private Consumer<byte[]> holding(Rig rig) {
        return rig.consumer(delivery -> {
                    held.await();
                    return Outcome.ack();
                })
                .concurrency(1)
                .prefetch(1);
    }

    private HealthCheck measured(Consumer<byte[]> consumer) {
        consumer.bindTo(meters);
        return consumer.healthChecks().get(0);
    }

    private double perTask() {
        return meters.get(GAUGE).gauge().value();
    }
}
