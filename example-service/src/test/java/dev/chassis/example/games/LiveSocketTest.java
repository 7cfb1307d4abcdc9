package dev.chassis.example.games;

import static dev.chassis.example.games.GameClient.INDIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.chassis.testing.ChassisExtension;
import dev.chassis.testing.websocket.WebSocketTestClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the ground reports to one of two tasks is seen by who is connected to either. */
@Timeout(240)
class LiveSocketTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    @Order(1)
    final Playground playground = new Playground();

    @RegisterExtension
    @Order(2)
    final ChassisExtension one = playground.task();

    @RegisterExtension
    @Order(3)
    final ChassisExtension other = playground.task();

    @BeforeEach
    void play() {
        new GameClient(one.client()).enter("Asha", 1, INDIA);
    }

    @Test
    void aScoreUpdateReachesTheSocketsOfBothTasks() throws Exception {
        try (WebSocketTestClient here = connect(one);
                WebSocketTestClient there = connect(other)) {
            assertThat(here.receiveText()).contains("\"total\":0", "Asha");
            assertThat(there.receiveText()).contains("\"total\":0");
            report("{\"contest\":1,\"cricketer\":\"IND1\",\"points\":4}");
            assertThat(here.receiveText()).contains("\"total\":4");
            assertThat(there.receiveText()).contains("\"total\":4");
        }
    }

    @Test
    void anUnknownContestIsNotFound() {
        assertThat(WebSocketTestClient.to(uri(one, 9)).attempt().status()).isEqualTo(404);
    }

    @Test
    void aDrainTellsClientsWhenToComeBackToTheOtherTask() {
        try (WebSocketTestClient client = connect(one)) {
            client.receiveText();
            Thread draining = new Thread(one::drain, "draining");
            draining.start();
            assertThat(client.awaitClose()).isEqualTo(1012);
        }
        try (WebSocketTestClient back = connect(other)) {
            assertThat(back.receiveText()).contains("Asha");
        }
    }

    @Test
    void aBrowserShowsEveryChange() throws Exception {
        try (Browser browser = Browser.at("http://127.0.0.1:" + other.service().port() + "/live?contest=1")) {
            await("the leaderboard")
                    .atMost(PATIENCE)
                    .until(() -> browser.text("#board").contains("Asha"));
            assertThat(browser.text("#state")).isEqualTo("live");
            report("{\"contest\":1,\"cricketer\":\"IND1\",\"points\":6}");
            await("the score")
                    .atMost(PATIENCE)
                    .until(() -> browser.text("#board").endsWith("6"));
        }
    }

    private static WebSocketTestClient connect(ChassisExtension task) {
        return WebSocketTestClient.to(uri(task, 1)).timeout(PATIENCE).connect();
    }

    private static URI uri(ChassisExtension task, int contest) {
        return URI.create("ws://127.0.0.1:" + task.service().port() + "/live/" + contest);
    }

    private void report(String json) throws Exception {
        BasicProperties properties = new BasicProperties.Builder()
                .messageId(UUID.randomUUID().toString())
                .contentType("application/json")
                .build();
        try (Connection connection = playground.broker();
                Channel channel = connection.createChannel()) {
            channel.confirmSelect(); // else a quorum queue may forget what came just before its publisher went away
            channel.basicPublish(
                    "", playground.name() + ".score-updates", properties, json.getBytes(StandardCharsets.UTF_8));
            channel.waitForConfirmsOrDie(10_000);
        }
    }
}
