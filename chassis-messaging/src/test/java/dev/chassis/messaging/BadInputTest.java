package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.chassis.health.Health;
import dev.chassis.lifecycle.TransientFailureException;
import dev.chassis.messaging.PublishResult.Outcome;
import dev.chassis.testing.RabbitServer;
import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the broker refuses is said once, in its own words, and tried again calmly or not at all. See also RabbitStartTest. */
class BadInputTest {

    private static final int MAX_MESSAGE = 64 * 1024;
    private static final int MAX_CHANNELS = 5;

    @SuppressWarnings("NullAway.Init")
    private static RabbitServer broker;

    private final List<RabbitConnection> connections = new ArrayList<>();
    private final String queue = Rabbits.unique("bad");

    @BeforeAll
    static void startBroker() {
        broker = RabbitServer.settings()
                .set("max_message_size", Integer.toString(MAX_MESSAGE))
                .set("channel_max", Integer.toString(MAX_CHANNELS))
                .start();
        broker.rabbitmqctl("add_user", "reader", "secret");
        broker.rabbitmqctl("set_permissions", "reader", "^$", "^$", ".*");
        broker.rabbitmqctl("add_user", "stranger", "secret");
        broker.rabbitmqctl("set_permissions", "stranger", "^$", "^$", "^$");
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void stop() throws Exception {
        for (RabbitConnection connection : connections) {
            connection.stop(Rig.soon());
        }
    }

    @Test
    void aStartWithoutThePermissionToDeclareNamesTheQueue() {
        RabbitConnection rabbit = as("reader").topology(topology -> topology.queue(queue));

        assertThat(catchThrowable(() -> rabbit.start(Rig.soon())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("queue \"" + queue + "\"")
                .hasMessageContaining("403")
                .hasMessageContaining("reader");
    }

    @Test
    void aConsumerWithoutThePermissionToReadEndsTheStart() throws Exception {
        declare();
        RabbitConnection rabbit = started(as("stranger"));
        Consumer<byte[]> consumer = rabbit.consumer(queue, delivery -> dev.chassis.messaging.Outcome.ack())
                .declaringNothing();

        assertThat(catchThrowable(() -> consumer.start(Rig.soon())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ACCESS_REFUSED")
                .hasMessageContaining(queue);
    }

    @Test
    void aConsumerThatMayNotDeclareItsRetryQueuesEndsTheStart() throws Exception {
        declare();
        RabbitConnection rabbit = started(as("reader"));
        Consumer<byte[]> consumer = rabbit.consumer(queue, delivery -> dev.chassis.messaging.Outcome.ack());

        assertThat(catchThrowable(() -> consumer.start(Rig.soon())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ACCESS_REFUSED")
                .hasMessageContaining(queue + ".dead");
    }

    @Test
    void aConsumerThatLosesItsPermissionSaysSoAndGoesOnWhenItIsBack() throws Exception {
        declare();
        broker.rabbitmqctl("add_user", "moody", "secret");
        broker.rabbitmqctl("set_permissions", "moody", "^$", "^$", ".*");
        RabbitConnection rabbit = started(as("moody"));
        Consumer<byte[]> consumer = rabbit.consumer(queue, delivery -> dev.chassis.messaging.Outcome.ack())
                .declaringNothing();
        consumer.start(Rig.soon());
        broker.rabbitmqctl("set_permissions", "moody", "^$", "^$", "^$");
        broker.closeAllConnections("so that it is asked again");
        Rig.await("told").until(() -> consumer.health().status() == Health.Status.DOWN);
        assertThat(consumer.health().detail()).contains("ACCESS_REFUSED", queue);
        broker.rabbitmqctl("set_permissions", "moody", "^$", "^$", ".*");
        Rig.await("back").until(() -> consumer.health().status() == Health.Status.UP);
        consumer.stop(Rig.soon());
    }

    @Test
    void aPublisherWithoutThePermissionToWriteIsToldWithEachMessage() throws Exception {
        declare();
        RabbitConnection rabbit = started(as("reader"));
        Publisher publisher = rabbit.publisher("amq.direct");
        publisher.start(Rig.soon());
        for (int i = 0; i < 2; i++) {
            PublishResult result = PublisherTest.get(publisher.publish(queue, Message.of(new byte[1], "a/b")));
            assertThat(result.outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
            assertThat(result.detail()).contains("403").contains("amq.direct").contains("reader");
        }
        assertThat(rabbit.publishing().generation()).as("no reconnect").isEqualTo(1);
        publisher.stop(Rig.soon());
    }

    @Test
    void aMessageLargerThanTheBrokerTakesIsToldAndTheNextOneIsConfirmed() throws Exception {
        declare();
        RabbitConnection rabbit = started(as("guest"));
        Publisher publisher = rabbit.publisher("");
        publisher.start(Rig.soon());
        PublishResult large = PublisherTest.get(publisher.publish(queue, Message.of(new byte[MAX_MESSAGE + 1], "a/b")));
        PublishResult next = PublisherTest.get(publisher.publish(queue, Message.of(new byte[MAX_MESSAGE], "a/b")));

        assertThat(large.outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
        assertThat(large.detail()).contains("406").contains("larger").contains(Integer.toString(MAX_MESSAGE));
        assertThat(next.isConfirmed()).isTrue();
        assertThat(rabbit.publishing().generation()).as("no reconnect").isEqualTo(1);
        publisher.stop(Rig.soon());
    }

    /** The client gives null then. */
    @Test
    void aConnectionThatHasNoChannelLeftSaysHowManyThereMayBe() throws Exception {
        Link link = Objects.requireNonNull(started(as("guest")).publishing().current());
        for (int i = 0; i < MAX_CHANNELS; i++) {
            link.channel();
        }
        assertThat(catchThrowable(link::channel))
                .hasMessage("no channel left (expected: at most " + MAX_CHANNELS + ")");
    }

    /** Others have it for as long as they live, which may be until the broker has noticed that they are dead: that passes. */
    @Test
    void aQueueThatIsLockedMayBeFreeLater() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(broker.uri());
        try (Connection owner = factory.newConnection();
                Channel channel = owner.createChannel()) {
            channel.queueDeclare(queue, false, true, false, Map.of());
            RabbitConnection rabbit = started(as("guest"));
            Consumer<byte[]> consumer = rabbit.consumer(queue, delivery -> dev.chassis.messaging.Outcome.ack())
                    .declaringNothing();
            assertThat(rabbit.consuming().await(Rig.soon())).isNotNull();

            assertThat(catchThrowable(() -> consumer.start(Deadline.after(Duration.ofSeconds(1)))))
                    .isInstanceOf(TransientFailureException.class)
                    .hasMessageContaining("RESOURCE_LOCKED")
                    .hasMessageContaining(queue);
        }
    }

    private RabbitConnection as(String user) {
        String password = user.equals("guest") ? "guest" : "secret";
        RabbitConnection rabbit = Rabbits.to(broker.port(), "username", user, "password", password);
        connections.add(rabbit);
        return rabbit;
    }

    private static RabbitConnection started(RabbitConnection rabbit) throws Exception {
        rabbit.start(Rig.soon());
        return rabbit;
    }

    private void declare() throws Exception {
        RabbitConnection owner =
                as("guest").topology(topology -> topology.queue(queue, Map.of("x-queue-type", "classic")));
        owner.start(Rig.soon());
        owner.stop(Rig.soon());
    }
}
