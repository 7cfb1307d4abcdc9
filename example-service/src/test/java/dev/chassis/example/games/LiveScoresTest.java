package dev.chassis.example.games;

import static dev.chassis.example.games.GameClient.INDIA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.lifecycle.DrainReport;
import dev.chassis.testing.ChassisExtension;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class LiveScoresTest {

    @RegisterExtension
    @Order(1)
    final Playground playground = new Playground();

    @RegisterExtension
    @Order(2)
    final ChassisExtension service = playground.task();

    private GameClient game;

    @BeforeEach
    void play() {
        game = new GameClient(service.client());
        game.enter("Asha", 1, INDIA);
    }

    @Test
    void showsTheLeaderboardAsItIsAndThenEveryChange() {
        try (Stream<String> lines = service.client().lines("/live/1")) {
            Iterator<String> boards = boards(lines);
            assertThat(boards.next()).contains("\"points\":0");

            game.score(1, "IND1", 4);
            assertThat(boards.next()).contains("\"points\":4");
        }
    }

    @Test
    void endsWhenTheContestIsSettled() {
        try (Stream<String> lines = service.client().lines("/live/1")) {
            Iterator<String> boards = boards(lines);
            assertThat(boards.next()).contains("Asha");

            game.settle(1);
            assertThat(boards.hasNext()).isFalse();
        }
    }

    @Test
    void aDrainEndsTheStreamInsteadOfAbandoningIt() {
        try (Stream<String> lines = service.client().lines("/live/1")) {
            Iterator<String> boards = boards(lines);
            assertThat(boards.next()).contains("Asha");

            assertThat(service.drain().verdict()).isEqualTo(DrainReport.Verdict.CLEAN);
            assertThat(boards.hasNext()).isFalse();
        }
    }

    @Test
    void anUnknownContestIsNotFound() {
        assertThat(service.client().get("/live/9").status()).isEqualTo(404);
    }

    private static Iterator<String> boards(Stream<String> lines) {
        return lines.filter(line -> line.startsWith("data:")).iterator();
    }
}
