package dev.chassis.example.games;

import dev.chassis.http.Filter;
import dev.chassis.http.Handler;
import dev.chassis.http.HttpException;
import dev.chassis.http.Request;
import dev.chassis.http.Response;
import java.sql.SQLException;
import java.util.Optional;

/** Lets signed-in players through, attached to the request as its {@link Player}. */
final class SignedIn implements Filter {

    private static final String SCHEME = "Bearer ";

    private final Sessions sessions;
    private final Players players;

    SignedIn(Sessions sessions, Players players) {
        this.sessions = sessions;
        this.players = players;
    }

    @Override
    public Response filter(Request request, Handler next) throws Exception {
        Player player =
                player(request).orElseThrow(() -> HttpException.unauthorized("Bearer", "sign in first: POST /logins"));
        return next.handle(request.with(Player.class, player));
    }

    private Optional<Player> player(Request request) throws SQLException {
        Optional<Long> id = request.header("authorization")
                .filter(value -> value.startsWith(SCHEME))
                .flatMap(value -> sessions.player(value.substring(SCHEME.length())));
        return id.isPresent() ? players.byId(id.get()) : Optional.empty();
    }
}
