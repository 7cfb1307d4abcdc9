package dev.chassis.example.games;

import dev.chassis.testing.TestClient;
import dev.chassis.testing.TestResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Plays over HTTP, so that a test reads as a story. */
final class GameClient {

    static final List<String> INDIA =
            IntStream.rangeClosed(1, 11).mapToObj(shirt -> "IND" + shirt).toList();
    static final List<String> AUSTRALIA =
            IntStream.rangeClosed(1, 11).mapToObj(shirt -> "AUS" + shirt).toList();

    private final TestClient http;

    GameClient(TestClient http) {
        this.http = http;
    }

    TestResponse register(String name) {
        return http.post("/players", Map.of("name", name));
    }

    /** Registers a player and signs in as such. */
    TestClient signedIn(String name) {
        register(name);
        return http.with("authorization", "Bearer " + token(name));
    }

    /** Opens a session. */
    String token(String name) {
        return http.post("/logins", Map.of("name", name)).json().at("/token").asString();
    }

    TestResponse enter(String name, int contest, List<String> squad) {
        return signedIn(name).post("/contests/" + contest + "/entries", Map.of("squad", squad));
    }

    TestResponse score(int contest, String cricketer, int points) {
        return http.post("/contests/" + contest + "/scores", Map.of("cricketer", cricketer, "points", points));
    }

    TestResponse settle(int contest) {
        return http.post("/contests/" + contest + "/settlement", "");
    }

    List<Standing> leaderboard(int contest) {
        return List.of(http.get("/contests/" + contest + "/leaderboard").json(Standing[].class));
    }

    String state(int contest) {
        return http.get("/contests/" + contest).json().at("/state").asString();
    }
}
