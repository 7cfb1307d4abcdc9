package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.chassis.config.Configuration;
import dev.chassis.testing.BrokerFaults;
import dev.chassis.testing.BrokerReport;
import dev.chassis.testing.BrokerTrial;
import dev.chassis.testing.FaultProxy;
import dev.chassis.testing.RabbitServer;
import dev.chassis.time.Deadline;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a publisher was told is there, a consumer gets, whatever happens to broker and network meanwhile. */
@Timeout(900)
class FaultsTest {

    private static final int MESSAGES = 50_000;
    private static final long SEED = 20_261_123;
    private static final String QUEUE = "faults";
    /** What the broker asks for, less than we do: a half-open connection is noticed sooner. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);

    @Test
    void everythingConfirmedIsReceivedAndEveryDuplicateIsExplained() throws Exception {
        try (RabbitServer broker = RabbitServer.settings()
                        .set("heartbeat", Long.toString(HEARTBEAT.toSeconds()))
                        .start();
                FaultProxy proxy = FaultProxy.to(broker.host(), broker.port())) {
            declare(broker);
            BrokerFaults faults = new BrokerFaults(broker, proxy, SEED, HEARTBEAT, QUEUE, () -> declare(broker));

            BrokerReport report = run(proxy, faults);

            System.out.println(report);
            assertThat(report.faults()).containsExactlyInAnyOrderElementsOf(BrokerFaults.KINDS);
            assertThat(report.confirmed()).isEqualTo(MESSAGES);
            assertThat(report.lost()).isZero();
            assertThat(report.received()).isEqualTo(MESSAGES);
            assertThat(report.unexplained()).as("duplicates of %s", report).isZero();
        }
    }

    private static BrokerReport run(FaultProxy proxy, BrokerFaults faults) throws Exception {
        RabbitConnection rabbit = RabbitConnection.of("faults", config(proxy.port()));
        Publisher publisher = rabbit.publisher("");
        BrokerTrial trial = new BrokerTrial(
                MESSAGES, number -> publisher.publish(QUEUE, message(number)).thenApply(FaultsTest::result));
        Consumer<byte[]> consumer = rabbit.consumer(QUEUE, delivery -> {
            trial.received(ByteBuffer.wrap(delivery.payload()).getInt(), delivery.redelivered());
            return Outcome.ack();
        });
        try {
            rabbit.start(soon());
            publisher.start(soon());
            consumer.start(soon());
            return trial.run(faults.deck(BrokerFaults.KINDS.size()));
        } finally {
            consumer.stop(soon());
            publisher.stop(soon());
            rabbit.stop(soon());
        }
    }

    private static RabbitConfig config(int port) {
        Map<String, String> keys = Map.of(
                "chassis.rabbit.addresses",
                "127.0.0.1:" + port,
                "chassis.rabbit.heartbeat",
                "5s",
                "chassis.rabbit.reconnect-max",
                "1s");
        return Configuration.load(Map.of(), Map.of(), keys).bind(RabbitConfig.class);
    }

    private static void declare(RabbitServer broker) {
        try {
            ConnectionFactory factory = new ConnectionFactory();
            factory.setUri(broker.uri());
            try (Connection connection = factory.newConnection();
                    Channel channel = connection.createChannel()) {
                channel.queueDeclare(QUEUE, true, false, false, Map.of());
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Message message(int number) {
        return Message.of(ByteBuffer.allocate(Integer.BYTES).putInt(number).array(), "application/octet-stream")
                .withId(Integer.toString(number));
    }

    private static BrokerTrial.Result result(PublishResult result) {
        return switch (result.outcome()) {
            case CONFIRMED -> BrokerTrial.Result.CONFIRMED;
            case REFUSED, RETURNED -> BrokerTrial.Result.REFUSED; // it is in no queue
            case NACKED, TIMED_OUT, OUTCOME_UNKNOWN -> BrokerTrial.Result.UNKNOWN;
        };
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }
}
