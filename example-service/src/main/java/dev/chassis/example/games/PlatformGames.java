package dev.chassis.example.games;

import dev.chassis.Chassis;
import dev.chassis.Service;
import dev.chassis.http.Routes;
import java.util.function.Consumer;

/** The service on one screen: its parts, and what it answers. */
public final class PlatformGames {

    private PlatformGames() {}

    /** Runs the service until it is told to stop. */
    public static void main(String[] args) {
        Chassis.run("platform-games", args, PlatformGames::assemble);
    }

    static void assemble(Service service) {
        GamesConfig config = service.config(GamesConfig.class);
        Players players = new Players();
        Contests contests = new Contests();
        Live live = service.add(new Live());
        Settlement settlement = new Settlement(service.background(), live);
        Sessions sessions = new Sessions();

        PlayerHandlers playing = new PlayerHandlers(players);
        ContestHandlers following = new ContestHandlers(contests, live, settlement);
        Consumer<Routes> forPlayers =
                routes -> routes.filter(new SignedIn(sessions)).post("/{id}/entries", new Enter(contests, config));
        service.http(routes -> routes.post("/players", playing::register)
                .get("/players", playing::all)
                .get("/players/{id}", playing::one)
                .post("/logins", new Login(players, sessions))
                .get("/contests", following::all)
                .get("/contests/{id}", following::one)
                .get("/contests/{id}/leaderboard", following::leaderboard)
                .post("/contests/{id}/scores", following::score)
                .post("/contests/{id}/settlement", following::settle)
                .mount("/contests", forPlayers)
                .get("/live/{id}", new LiveScores(contests, live, config)));

        service.warmUp("fixtures", () -> Fixtures.today().forEach(contests::add));
    }
}
