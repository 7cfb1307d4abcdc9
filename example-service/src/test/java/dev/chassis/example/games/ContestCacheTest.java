package dev.chassis.example.games;

import static dev.chassis.example.games.GameClient.INDIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chassis.testing.ChassisExtension;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cache on a Hazelcast that goes away when it matters. */
@Timeout(120)
class ContestCacheTest {

    private static final String MARKED = "[{\"id\":1,\"match\":\"CACHED\",\"state\":\"OPEN\",\"entries\":7}]";

    private final Member member = new Member();

    @RegisterExtension
    @Order(1)
    final Playground playground = new Playground();

    @RegisterExtension
    @Order(2)
    final ChassisExtension service = playground
            .task()
            .config("chassis.hazelcast.cluster-name", "games")
            .config("chassis.hazelcast.members", member.address())
            .config("games.cache-lifetime", "1m")
            .config("games.cache-timeout", "1s");

    private GameClient game;
    private String map;

    @BeforeEach
    void play() {
        game = new GameClient(service.client());
        map = playground.name() + ":contests";
    }

    @AfterEach
    void endHazelcast() {
        member.close();
    }

    @Test
    void whatIsCachedIsAnsweredUntilAContestChanges() {
        assertThat(matches()).containsExactly("IND-AUS", "ENG-NZL");
        member.put(map, "all", MARKED);
        assertThat(matches()).containsExactly("CACHED");

        game.enter("Asha", 1, INDIA);
        assertThat(matches()).containsExactly("IND-AUS", "ENG-NZL");
        assertThat(views()[0].entries()).isEqualTo(1);
    }

    @Test
    void whatAnotherVersionHasCachedIsReadFromTheDatabase() {
        member.put(map, "all", "[{\"id\":1,\"state\":\"POSTPONED\"}]");

        assertThat(matches()).containsExactly("IND-AUS", "ENG-NZL");
    }

    @Test
    void withoutHazelcastEverythingIsAnsweredUntilItIsBackAndCachesAgain() {
        member.kill();
        everythingIsAnswered();

        member.restart();
        await().until(() -> matches().length == 2 && member.size(map) == 1);
    }

    @Test
    void whenHazelcastIsSilentNobodyWaitsForIt() {
        member.put(map, "all", MARKED); // whoever reads it has reached the member after all
        member.proxy().stall();
        everythingIsAnswered();
    }

    private void everythingIsAnswered() {
        assertThat(matches()).containsExactly("IND-AUS", "ENG-NZL");
        assertThat(game.enter("Asha", 1, INDIA).status()).isEqualTo(201);
        assertThat(views()[0].entries()).isEqualTo(1);
        assertThat(game.settle(1).status()).isEqualTo(202);
        await().until(() -> game.state(1), "SETTLED"::equals);
        assertThat(service.logs().lines()).noneMatch(line -> line.contains("\"level\":\"ERROR\""));
    }

    private String[] matches() {
        return Arrays.stream(views()).map(Contest.View::match).toArray(String[]::new);
    }

    private Contest.View[] views() {
        return service.client().get("/contests").json(Contest.View[].class);
    }
}
