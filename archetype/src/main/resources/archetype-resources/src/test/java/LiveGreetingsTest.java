#set($cluster = $redis == "true" || $hazelcast == "true")
package ${package};

#if($database != "none")
import static org.assertj.core.api.Assertions.assertThat;

#end
import dev.chassis.testing.ChassisExtension;
import dev.chassis.testing.websocket.WebSocketTestClient;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is heard by those who are connected. */
class LiveGreetingsTest {

    @RegisterExtension
    static final ChassisExtension service = ChassisExtension.of("${artifactId}", Application::assemble);
#if($cluster)

    @RegisterExtension
    static final ChassisExtension otherTask = ChassisExtension.of("${artifactId}", Application::assemble);
#end

    @Test
    void everybodyHearsOfAGreeting() {
        try (WebSocketTestClient one = connect(service);
                WebSocketTestClient other = connect(#if($cluster)otherTask#{else}service#end)) {
            String asked = somebody();
            service.client().get("/greetings/" + asked);
            hear(asked, one, other);

            String sent = somebody();
            other.sendText(sent);
            hear(sent, one, other);
        }
    }
#if($database != "none")

    @Test
    void sendsAwayWhoSendsANameThatDoesNotFit() {
        try (WebSocketTestClient client = connect(service)) {
            client.sendText("a".repeat(101));
            assertThat(client.awaitClose()).isEqualTo(1008);
        }
    }
#end

    /** Connected, and told of the first greeting: from then on of all. */
    private static WebSocketTestClient connect(ChassisExtension task) {
        URI live = URI.create("ws://127.0.0.1:" + task.service().port() + "/live");
        WebSocketTestClient client = WebSocketTestClient.connect(live);
        String somebody = somebody();
        client.sendText(somebody);
        hear(somebody, client);
        return client;
    }

    /** Others may be greeted meanwhile. */
    private static void hear(String name, WebSocketTestClient... clients) {
        for (WebSocketTestClient client : clients) {
            String heard = client.receiveText();
            while (!heard.contains(name)) {
                heard = client.receiveText();
            }
        }
    }

    private static String somebody() {
        return "Asha-" + UUID.randomUUID();
    }
}
