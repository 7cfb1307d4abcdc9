package dev.chassis.example.games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import dev.chassis.testing.ChassisExtension;
import dev.chassis.testing.TestResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What other services see of this one, and it of them, on a real broker. */
@Timeout(120)
class MessagesTest {

    @RegisterExtension
    @Order(1)
    final Playground playground = new Playground();

    @RegisterExtension
    @Order(2)
    final ChassisExtension task = playground.task();

    private Connection connection;
    private Channel channel;
    private String events;

    @BeforeEach
    void listen() throws Exception {
        connection = playground.broker();
        channel = connection.createChannel();
        events = channel.queueDeclare().getQueue();
        channel.queueBind(events, playground.name() + ".player-events", "player.*");
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
    }

    @Test
    void aLoginAndAnEntryAreToldUnderTheCorrelationOfTheirRequests() throws Exception {
        TestResponse entry = new GameClient(task.client()).enter("Ada", 1, GameClient.INDIA);
        GetResponse first = next();
        GetResponse second = next();
        boolean inOrder = first.getEnvelope().getRoutingKey().equals("player.logged-in");
        GetResponse login = inOrder ? first : second;
        GetResponse entered = inOrder ? second : first;

        assertThat(entry.status()).isEqualTo(201);
        assertThat(login.getEnvelope().getRoutingKey()).isEqualTo("player.logged-in");
        assertThat(text(login)).contains("\"name\":\"Ada\"");
        assertThat(entered.getEnvelope().getRoutingKey()).isEqualTo("player.entered");
        assertThat(text(entered)).contains("\"contest\":1");
        assertThat(entered.getProps().getDeliveryMode()).isEqualTo(2);
        assertThat(entered.getProps().getCorrelationId())
                .isEqualTo(entry.header("x-correlation-id").orElseThrow());
    }

    @Test
    void aScoreUpdateCountsOnceHoweverOftenItIsDelivered() throws Exception {
        report("one", "{\"contest\":1,\"cricketer\":\"IND1\",\"points\":4}");
        report("one", "{\"contest\":1,\"cricketer\":\"IND1\",\"points\":4}");
        report("two", "{\"contest\":1,\"cricketer\":\"AUS1\",\"points\":6}");

        await().untilAsserted(() -> assertThat(points()).isEqualTo(10));
        await().until(() -> channel.messageCount(playground.name() + ".score-updates") == 0);
        assertThat(points()).isEqualTo(10);
        assertThat(playground.number("select count(*) from chassis_inbox")).isEqualTo(2);
    }

    @Test
    void whatCannotCountIsADeadLetterWithItsReason() throws Exception {
        report("bad", "{\"contest\":1,\"cricketer\":\"Nobody\",\"points\":4}");
        report("worse", "no json");

        String dead = playground.name() + ".score-updates.dead";
        await().until(() -> channel.messageCount(dead) == 2);
        List<String> reasons = List.of(
                channel.basicGet(dead, true).getProps().getHeaders().toString(),
                channel.basicGet(dead, true).getProps().getHeaders().toString());
        assertThat(reasons).anySatisfy(reason -> assertThat(reason).contains("does not play in this match"));
    }

    private long points() {
        return playground.number("select coalesce(sum(total), 0) from games.points where contest = 1");
    }

    private void report(String id, String json) throws Exception {
        BasicProperties properties = new BasicProperties.Builder()
                .messageId(id)
                .contentType("application/json")
                .deliveryMode(2)
                .build();
        channel.basicPublish(
                "", playground.name() + ".score-updates", properties, json.getBytes(StandardCharsets.UTF_8));
    }

    private GetResponse next() {
        return await().until(() -> channel.basicGet(events, true), response -> response != null);
    }

    private static String text(GetResponse message) {
        return new String(message.getBody(), StandardCharsets.UTF_8);
    }
}
