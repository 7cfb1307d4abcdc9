package dev.chassis.example.games;

import static dev.chassis.example.games.GameClient.AUSTRALIA;
import static dev.chassis.example.games.GameClient.INDIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chassis.testing.ChassisExtension;
import dev.chassis.testing.TestResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ContestsTest {

    @RegisterExtension
    @Order(1)
    final Playground playground = new Playground();

    @RegisterExtension
    @Order(2)
    final ChassisExtension service = playground.task().config("games.max-entries", "2");

    private GameClient game;

    @BeforeEach
    void play() {
        game = new GameClient(service.client());
    }

    @Test
    void theContestsOfTheDayAreOpen() {
        assertThat(service.client().get("/contests?state=OPEN").json(Contest.View[].class))
                .extracting(Contest.View::match)
                .containsExactly("IND-AUS", "ENG-NZL");
        assertThat(service.client().get("/contests?state=SETTLED").json(Contest.View[].class))
                .isEmpty();
    }

    @Test
    void aStateThatDoesNotExistIsABadRequest() {
        assertThat(service.client().get("/contests?state=LOST").status()).isEqualTo(400);
    }

    @Test
    void onlySignedInPlayersEnter() {
        TestResponse refused = service.client().post("/contests/1/entries", Map.of("squad", INDIA));

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("www-authenticate")).contains("Bearer");
    }

    @Test
    void aPlayerEntersOnce() {
        assertThat(game.enter("Asha", 1, INDIA).status()).isEqualTo(201);

        TestResponse again = game.enter("Asha", 1, AUSTRALIA);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().at("/detail").asString()).isEqualTo("Asha has entered already");
    }

    @Test
    void aFullContestTakesNobodyElse() {
        assertThat(game.enter("Asha", 1, INDIA).status()).isEqualTo(201);
        assertThat(game.enter("Ben", 1, INDIA).status()).isEqualTo(201);

        assertThat(game.enter("Cleo", 1, INDIA).json().at("/detail").asString()).isEqualTo("contest 1 is full");
        assertThat(game.leaderboard(1)).hasSize(2);
    }

    @Test
    void aSquadIsElevenDifferentCricketersOfTheMatch() {
        assertThat(game.enter("Asha", 1, INDIA.subList(0, 10)).status()).isEqualTo(422);
        assertThat(game.enter("Asha", 1, List.of()).status()).isEqualTo(422);
        assertThat(game.enter("Asha", 2, INDIA).status()).isEqualTo(422);
        assertThat(game.leaderboard(1)).isEmpty();
    }

    @Test
    void anUnknownContestIsNotFound() {
        assertThat(game.enter("Asha", 9, INDIA).status()).isEqualTo(404);
        assertThat(service.client().get("/contests/9/leaderboard").status()).isEqualTo(404);
    }

    @Test
    void pointsOfASquadMakeTheLeaderboardAndEqualPointsShareARank() {
        game.enter("Asha", 1, INDIA);
        game.enter("Ben", 1, AUSTRALIA);
        assertThat(game.leaderboard(1)).containsExactly(new Standing(1, "Asha", 0), new Standing(1, "Ben", 0));

        assertThat(game.score(1, "AUS4", 6).status()).isEqualTo(204);
        assertThat(game.leaderboard(1)).containsExactly(new Standing(1, "Ben", 6), new Standing(2, "Asha", 0));
    }

    @Test
    void pointsOutOfRangeOrForAStrangerAreUnprocessable() {
        assertThat(game.score(1, "IND1", 101).status()).isEqualTo(422);
        assertThat(game.score(1, "ENG1", 4).status()).isEqualTo(422);
    }

    @Test
    void aContestIsSettledInTheBackgroundAndThenTakesNothingMore() {
        game.enter("Asha", 1, INDIA);
        assertThat(game.settle(1).status()).isEqualTo(202);

        await().until(() -> game.state(1), "SETTLED"::equals);
        assertThat(game.settle(1).status()).isEqualTo(409);
        assertThat(game.enter("Ben", 1, INDIA).status()).isEqualTo(409);
        assertThat(game.score(1, "IND1", 4).status()).isEqualTo(409);
    }
}
