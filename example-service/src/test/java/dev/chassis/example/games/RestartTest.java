package dev.chassis.example.games;

import static dev.chassis.example.games.GameClient.AUSTRALIA;
import static dev.chassis.example.games.GameClient.INDIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chassis.Chassis;
import dev.chassis.RunningService;
import dev.chassis.testing.TestClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class RestartTest {

    @RegisterExtension
    final Playground playground = new Playground();

    @Test
    void aTaskThatComesAfterKnowsPlayersEntriesPointsAndSessions() {
        String token;
        try (RunningService before = start()) {
            GameClient game = new GameClient(TestClient.of(before.port()));
            game.enter("Asha", 1, INDIA);
            game.score(1, "IND1", 4);
            token = game.token("Asha");
        }
        try (RunningService after = start()) {
            TestClient client = TestClient.of(after.port());
            assertThat(new GameClient(client).leaderboard(1)).containsExactly(new Standing(1, "Asha", 4));
            assertThat(client.with("authorization", "Bearer " + token)
                            .post("/contests/1/entries", Map.of("squad", AUSTRALIA))
                            .json()
                            .at("/detail")
                            .asString())
                    .isEqualTo("Asha has entered already");
        }
    }

    @Test
    void aSettlementThatWasCutShortIsTakenUpByTheNextTask() {
        start().close();
        playground.execute("update games.contest set state = 'CLOSED' where id = 1");

        try (RunningService after = start()) {
            GameClient game = new GameClient(TestClient.of(after.port()));
            await().until(() -> game.state(1), "SETTLED"::equals);
            assertThat(game.state(2)).isEqualTo("OPEN");
        }
    }

    private RunningService start() {
        return Chassis.start("platform-games", playground.service(), PlatformGames::assemble);
    }
}
