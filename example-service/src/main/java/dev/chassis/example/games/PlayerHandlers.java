package dev.chassis.example.games;

import dev.chassis.http.HttpException;
import dev.chassis.http.Request;
import dev.chassis.http.Response;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Answers about players. */
final class PlayerHandlers {

    private final Players players;

    PlayerHandlers(Players players) {
        this.players = players;
    }

    Response register(Request request) throws SQLException {
        String name = request.body(NewPlayer.class).checkedName();
        return players.register(name)
                .map(player -> Response.created("/players/" + player.id(), player))
                .orElseThrow(() -> HttpException.conflict("name: \"" + name + "\" is taken"));
    }

    Response all(Request request) throws SQLException {
        return Response.json(players.all());
    }

    Response one(Request request) throws SQLException {
        long id = request.path("id", Long.class);
        return players.byId(id)
                .map(Response::json)
                .orElseThrow(() -> HttpException.notFound("there is no player " + id));
    }

    /** What a client sends. */
    record NewPlayer(@Nullable String name) {

        String checkedName() {
            String stripped = name == null ? "" : name.strip();
            if (!Player.isName(stripped)) {
                throw new HttpException(422, "name: \"" + stripped + "\" (expected: " + Player.NAME + ")");
            }
            return stripped;
        }
    }
}
