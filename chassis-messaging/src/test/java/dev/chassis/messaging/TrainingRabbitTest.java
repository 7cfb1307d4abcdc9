package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.devservices.TrainingServer;
import dev.chassis.health.Health;
import java.net.URI;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real client against what stands in for RabbitMQ in a training run. */
class TrainingRabbitTest {

    private RabbitConnection rabbit;
    private Publisher publisher;
    private Consumer<byte[]> consumer;

    @BeforeEach
    void start() throws Exception {
        rabbit = Rabbits.to(URI.create(new TrainingRabbit().start().url()).getPort());
        rabbit.topology(topology ->
                topology.exchange("orders", "topic").queue("invoices").bind("invoices", "orders", "order.*"));
        publisher = rabbit.publisher("orders");
        consumer = rabbit.consumer("invoices", delivery -> Outcome.ack());
        rabbit.start(Rabbits.soon());
        publisher.start(Rabbits.soon());
        consumer.start(Rabbits.soon());
    }

    @AfterEach
    void stop() throws Exception {
        consumer.stop(Rabbits.soon());
        publisher.stop(Rabbits.soon());
        rabbit.stop(Rabbits.soon());
    }

    @Test
    void itIsFoundByItsKind() {
        assertThat(ServiceLoader.load(TrainingServer.class)).hasAtLeastOneElementOfType(TrainingRabbit.class);
    }

    @Test
    void bothConnectionsAndTheConsumerAreUp() {
        assertThat(rabbit.health().status()).isEqualTo(Health.Status.UP);
        assertThat(consumer.health().status()).isEqualTo(Health.Status.UP);
    }

    @Test
    void everyMessageIsConfirmed() throws Exception {
        for (int i = 0; i < 100; i++) {
            PublishResult result = publisher
                    .publish("order.1", Message.of(new byte[10], "application/octet-stream"))
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            assertThat(result.isConfirmed()).as("%s", result).isTrue();
        }
    }
}
