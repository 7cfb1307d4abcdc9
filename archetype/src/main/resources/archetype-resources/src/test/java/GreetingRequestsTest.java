package ${package};

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import dev.chassis.devservices.DevServer;
import dev.chassis.devservices.DevServices;
import dev.chassis.testing.ChassisExtension;
import dev.chassis.testing.Require;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What others see of the service on a real broker: they send a message, and hear what came of it. */
class GreetingRequestsTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static final DevServer BROKER = Require.server(DevServices.RABBITMQ);

    @RegisterExtension
    static final ChassisExtension service = ChassisExtension.of("${artifactId}", Application::assemble);

    private static Connection connection;
    private static Channel channel;

    @BeforeAll
    static void connect() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(BROKER.url());
        factory.setUsername(BROKER.username());
        factory.setPassword(BROKER.password());
        connection = factory.newConnection();
        channel = connection.createChannel();
    }

    @AfterAll
    static void disconnect() throws Exception {
        connection.close();
    }

    @Test
    void greetsWhomAMessageNamesAndTellsEverybody() throws Exception {
        String somebody = "Asha-" + UUID.randomUUID();
        String listening = channel.queueDeclare().getQueue();
        channel.queueBind(listening, GreetingRequests.EXCHANGE, "greeting.*");

        send("{\"name\":\"" + somebody + "\"}");

        await().atMost(SOON).until(() -> next(listening), event -> event.contains("Hello, " + somebody + "!"));
    }

    @Test
    void keepsWhatItCannotUnderstandAsADeadLetter() throws Exception {
        String dead = GreetingRequests.QUEUE + ".dead";
        channel.queuePurge(dead);

        send("{}");

        GetResponse letter = await().atMost(SOON).until(() -> channel.basicGet(dead, true), Objects::nonNull);
        assertThat(letter.getProps().getHeaders()).containsKey("chassis-failure-reason");
        assertThat(text(letter)).isEqualTo("{}");
    }

    private static void send(String json) throws Exception {
        channel.basicPublish("", GreetingRequests.QUEUE, null, json.getBytes(StandardCharsets.UTF_8));
    }

    /** The next event, or nothing if there is none yet. */
    private static String next(String queue) throws Exception {
        GetResponse event = channel.basicGet(queue, true);
        return event == null ? "" : text(event);
    }

    private static String text(GetResponse message) {
        return new String(message.getBody(), StandardCharsets.UTF_8);
    }
}
