package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.context.Correlation;
import dev.chassis.testing.FaultProxy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A consumer on the supervised connection, as a service has it. */
class RabbitConsumerTest {

    @Test
    void consumesRetriesAndComesBackAfterACut() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", Rig.PORT);
                Rig rig = new Rig()) {
            RabbitConnection rabbit = Rabbits.to(proxy.port());
            Consumer<Order> consumer = consumer(rig, rabbit, seen).retry(Rig.SHORT);
            consumer.bindTo(meters);
            rabbit.start(Rig.soon());
            consumer.start(Rig.soon());
            rig.publish("a", "{\"fails\":1}");
            Rig.await("twice").until(() -> seen.equals(List.of("a 1", "a 2")));
            proxy.cut();
            rig.publish("b", "{\"fails\":1}");
            Rig.await("again").until(() -> seen.contains("b 2"));
            ConsumerTest.drainAndStop(consumer);
            rabbit.stop(Rig.soon());
            assertThat(meters.get("rabbitmq.consumer.deliveries")
                            .tag("outcome", "ack")
                            .functionCounter()
                            .count())
                    .isGreaterThanOrEqualTo(2); // an acknowledgement that the cut met is given again
            assertThat(meters.get("rabbitmq.consumer.retries").functionCounter().count())
                    .isGreaterThanOrEqualTo(2);
            assertThat(meters.get("rabbitmq.consumer.handler.time").timer().count())
                    .isGreaterThanOrEqualTo(4);
            assertThat(rig.ready()).isZero();
        }
    }

    @Test
    void whatIsPublishedUnderACorrelationIsHandledUnderIt() throws Exception {
        List<Correlation> handled = new CopyOnWriteArrayList<>();
        try (Rig rig = new Rig()) {
            RabbitConnection rabbit = Rabbits.to(Rig.PORT);
            Publisher publisher = rabbit.publisher("");
            Consumer<byte[]> consumer = rabbit.consumer(rig.queue, delivery -> {
                handled.add(Correlation.current());
                return Outcome.ack();
            });
            rabbit.start(Rig.soon());
            publisher.start(Rig.soon());
            consumer.start(Rig.soon());
            Correlation ours = Correlation.mint();
            try (Correlation.Scope scope = ours.open()) {
                publisher.publish(rig.queue, Message.of(new byte[0], "x"));
            }
            Rig.await("handled").until(() -> handled.size() == 1);
            assertThat(handled.get(0).id()).isEqualTo(ours.id());
            assertThat(handled.get(0).traceId()).isEqualTo(ours.traceId());
            ConsumerTest.drainAndStop(consumer);
            publisher.stop(Rig.soon());
            rabbit.stop(Rig.soon());
        }
    }

    private static Consumer<Order> consumer(Rig rig, RabbitConnection rabbit, List<String> seen) {
        return rabbit.consumer(rig.queue, Order.class, delivery -> {
            seen.add(delivery.messageId() + " " + delivery.attempt());
            return delivery.attempt() <= delivery.payload().fails() ? Outcome.retry("as told") : Outcome.ack();
        });
    }

    record Order(int fails) {}
}
