package dev.chassis.example.games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chassis.Chassis;
import dev.chassis.RunningService;
import dev.chassis.testing.PostgresServer;
import dev.chassis.testing.TestClient;
import dev.chassis.testing.TestResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class DatabaseAwayTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    final Playground playground = new Playground();

    @Test
    void withoutADatabaseTheAnswerIs503UntilItIsBack() {
        try (PostgresServer server = PostgresServer.start();
                RunningService service = start(server)) {
            TestClient client = TestClient.of(service.port());
            assertThat(client.post("/players", Map.of("name", "Asha")).status()).isEqualTo(201);
            server.kill();
            await().atMost(LIMIT).until(() -> client.get("/players").status() == 503);

            TestResponse refused = client.post("/players", Map.of("name", "Ben"));
            assertThat(refused.header("content-type")).contains("application/problem+json");
            assertThat(refused.header("retry-after")).contains("1");
            assertThat(TestClient.of(service.adminPort()).get("/readyz").status())
                    .isEqualTo(200);

            server.restart();
            await().atMost(LIMIT).until(() -> client.get("/players").status() == 200);
            assertThat(client.get("/players").json(Player[].class)).containsExactly(new Player(1, "Asha"));
        }
    }

    private RunningService start(PostgresServer server) {
        Map<String, String> keys = playground.service();
        keys.put("chassis.jdbc.url", server.url());
        keys.put("chassis.jdbc.user", server.user());
        keys.put("chassis.jdbc.borrow-timeout", "500ms");
        keys.put("chassis.jdbc.validation-timeout", "250ms");
        return Chassis.start("platform-games", keys, PlatformGames::assemble);
    }
}
