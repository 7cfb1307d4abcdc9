package dev.chassis.example.games;

import dev.chassis.http.Handler;
import dev.chassis.http.HttpException;
import dev.chassis.http.Request;
import dev.chassis.http.Response;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signs a player in. An example has no passwords: the name is enough. */
final class Login implements Handler {

    private final Players players;
    private final Sessions sessions;
    private final PlayerEvents events;

    Login(Players players, Sessions sessions, PlayerEvents events) {
        this.players = players;
        this.sessions = sessions;
        this.events = events;
    }

    @Override
    public Response handle(Request request) throws SQLException {
        return named(request.body(Credentials.class).name())
                .map(player -> Response.json(open(player)).status(201))
                .orElseThrow(() -> new HttpException(401, "nobody plays under that name"));
    }

    private Session open(Player player) {
        Session session = new Session(sessions.open(player), player);
        events.loggedIn(player);
        return session;
    }

    private Optional<Player> named(@Nullable String name) throws SQLException {
        return name != null && Player.isName(name) ? players.byName(name) : Optional.empty();
    }

    /** What a client sends. */
    record Credentials(@Nullable String name) {}

    /** What it gets: the token goes into {@code Authorization: Bearer}. */
    record Session(String token, Player player) {}
}
