package dev.chassis.example.games;

import static dev.chassis.example.games.GameClient.INDIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chassis.testing.ChassisExtension;
import dev.chassis.testing.RedisServer;
import dev.chassis.testing.TestClient;
import dev.chassis.testing.TestResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sessions on a Redis that is killed when it matters. */
@Timeout(120)
class SessionsTest {

    private final RedisServer redis = RedisServer.start();

    @RegisterExtension
    @Order(1)
    final Playground playground = new Playground();

    @RegisterExtension
    @Order(2)
    final ChassisExtension service =
            playground.task().config("chassis.redis.url", redis.url()).config("chassis.redis.reconnect-max", "200ms");

    private GameClient game;

    @BeforeEach
    void play() {
        game = new GameClient(service.client());
    }

    @AfterEach
    void endRedis() {
        redis.close();
    }

    @Test
    void aSessionEndsWithItsLifetime() {
        TestClient asha = game.signedIn("Asha");
        String key = redis.command("KEYS", playground.name() + ":session:*");
        assertThat(Long.parseLong(redis.command("PTTL", key))).isBetween(1L, 120_000L);

        redis.command("PEXPIRE", key, "1");
        await().until(() -> enter(asha).status() == 401);
    }

    @Test
    void aTokenThatNobodyWasGivenIsNoSession() {
        assertThat(enter(service.client().with("authorization", "Bearer of-bad-news"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void withoutRedisSignedInRoutesAnswer503AndTheOthersGoOnUntilItIsBack() {
        TestClient asha = game.signedIn("Asha");
        redis.kill();

        TestResponse refused = enter(asha);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("content-type")).contains("application/problem+json");
        assertThat(refused.header("retry-after")).contains("1");
        assertThat(service.client().post("/logins", Map.of("name", "Asha")).status())
                .isEqualTo(503);
        assertThat(service.client().get("/contests").status()).isEqualTo(200);
        assertThat(game.register("Ben").status()).isEqualTo(201);
        assertThat(game.score(1, "IND1", 4).status()).isEqualTo(204);
        assertThat(service.logs().lines()).noneMatch(line -> line.contains("error.stack"));

        redis.restart();
        await().until(() ->
                service.client().post("/logins", Map.of("name", "Asha")).status() == 201);
        assertThat(game.enter("Asha", 1, INDIA).status()).isEqualTo(201);
    }

    private static TestResponse enter(TestClient player) {
        return player.post("/contests/1/entries", Map.of("squad", INDIA));
    }
}
