package dev.chassis.example.games;

import static dev.chassis.example.games.GameClient.INDIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chassis.testing.ChassisExtension;
import dev.chassis.testing.TestClient;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two tasks on one database: what holds in one holds in both together. */
@Timeout(120)
class TwoTasksTest {

    private static final int AT_ONCE = 16;
    private static final int MAX_ENTRIES = 5;

    @RegisterExtension
    @Order(1)
    final Playground playground = new Playground();

    @RegisterExtension
    @Order(2)
    final ChassisExtension one = playground.task().config("games.max-entries", "" + MAX_ENTRIES);

    @RegisterExtension
    @Order(3)
    final ChassisExtension other = playground.task().config("games.max-entries", "" + MAX_ENTRIES);

    private List<GameClient> games;

    @BeforeEach
    void play() {
        games = List.of(new GameClient(one.client()), new GameClient(other.client()));
    }

    @Test
    void aNameIsTakenOnceHoweverManyAskForItAtOnce() throws Exception {
        List<Integer> answers =
                Together.all(AT_ONCE, i -> on(i).register("Asha").status());

        assertThat(Collections.frequency(answers, 201)).isEqualTo(1);
        assertThat(Collections.frequency(answers, 409)).isEqualTo(AT_ONCE - 1);
    }

    @Test
    void aContestNeverTakesMoreEntriesThanItHasRoomFor() throws Exception {
        List<TestClient> players = IntStream.range(0, AT_ONCE)
                .mapToObj(i -> on(i).signedIn("Player " + i))
                .toList();
        List<Integer> answers = Together.all(AT_ONCE, i -> enter(players.get(i)));

        assertThat(Collections.frequency(answers, 201)).isEqualTo(MAX_ENTRIES);
        assertThat(Collections.frequency(answers, 409)).isEqualTo(AT_ONCE - MAX_ENTRIES);
        assertThat(on(0).leaderboard(1)).hasSize(MAX_ENTRIES).isEqualTo(on(1).leaderboard(1));
    }

    @Test
    void aPlayerHasOneEntryHoweverOftenHeEntersAtOnce() throws Exception {
        List<TestClient> sessions = List.of(on(0).signedIn("Asha"), on(1).signedIn("Asha"));
        List<Integer> answers = Together.all(AT_ONCE, i -> enter(sessions.get(i % 2)));

        assertThat(Collections.frequency(answers, 201)).isEqualTo(1);
        assertThat(Collections.frequency(answers, 409)).isEqualTo(AT_ONCE - 1);
        assertThat(playground.number("select count(*) from games.entry")).isEqualTo(1);
    }

    @Test
    void pointsFromEverywhereAddUp() throws Exception {
        on(0).enter("Asha", 1, INDIA);
        Together.all(AT_ONCE, i -> on(i).score(1, "IND1", 1));

        assertThat(on(0).leaderboard(1)).containsExactly(new Standing(1, "Asha", AT_ONCE));
    }

    @Test
    void aContestIsSettledOnceAndItsWinnersAreToldOnce() throws Exception {
        on(0).enter("Asha", 1, INDIA);
        List<Integer> answers = Together.all(AT_ONCE, i -> on(i).settle(1).status());

        assertThat(Collections.frequency(answers, 202)).isEqualTo(1);
        one.logs().await("contest 1 won by Asha");
        one.drain();
        other.drain();
        assertThat(one.logs().withMessage("contest 1 won by Asha")).hasSize(1); // both log in this JVM
    }

    @Test
    void whatIsScoredInOneTaskIsSeenByFollowersOfTheOtherUntilTheContestIsSettled() {
        on(0).enter("Asha", 1, INDIA);
        try (Stream<String> lines = other.client().lines("/live/1")) {
            Iterator<String> boards =
                    lines.filter(line -> line.startsWith("data:")).iterator();
            assertThat(boards.next()).contains("\"points\":0");

            on(0).score(1, "IND1", 4);
            assertThat(boards.next()).contains("\"points\":4");

            on(0).settle(1);
            assertThat(boards.hasNext()).isFalse();
        }
    }

    @Test
    void aSessionOfOneTaskIsASessionOfTheOther() {
        on(0).register("Asha");
        String token = on(0).token("Asha");

        assertThat(enter(other.client().with("authorization", "Bearer " + token)))
                .isEqualTo(201);
    }

    @Test
    void aChangeInOneTaskIsSeenInTheListOfTheOther() {
        assertThat(on(1).state(1)).isEqualTo("OPEN");
        on(0).settle(1);
        await().until(() -> on(1).state(1), "SETTLED"::equals);
    }

    private GameClient on(int number) {
        return games.get(number % 2);
    }

    private static int enter(TestClient player) {
        return player.post("/contests/1/entries", Map.of("squad", INDIA)).status();
    }
}
