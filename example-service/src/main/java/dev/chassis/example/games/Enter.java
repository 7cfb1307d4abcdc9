package dev.chassis.example.games;

import dev.chassis.http.Handler;
import dev.chassis.http.HttpException;
import dev.chassis.http.Request;
import dev.chassis.http.Response;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Enters the signed-in player into a contest with a squad. */
final class Enter implements Handler {

    private final Contests contests;
    private final Entries entries;
    private final GamesConfig config;

    Enter(Contests contests, Entries entries, GamesConfig config) {
        this.contests = contests;
        this.entries = entries;
        this.config = config;
    }

    @Override
    public Response handle(Request request) throws SQLException {
        Contest contest = contests.of(request);
        Player player = request.attribute(Player.class).orElseThrow();
        Entry entry = new Entry(player, checkedSquad(request.body(NewEntry.class), contest));
        return switch (entries.add(contest.id(), entry)) {
            case ACCEPTED -> Response.created("/contests/" + contest.id() + "/leaderboard", entry);
            case NOT_OPEN -> throw HttpException.conflict("contest " + contest.id() + " is not open");
            case FULL -> throw HttpException.conflict("contest " + contest.id() + " is full");
            case ALREADY_IN -> throw HttpException.conflict(player.name() + " has entered already");
        };
    }

    private Set<String> checkedSquad(NewEntry body, Contest contest) {
        List<String> named = body.squad() == null ? List.of() : body.squad();
        Set<String> squad = new HashSet<>(named);
        if (squad.size() != config.squadSize() || squad.size() != named.size()) {
            throw new HttpException(
                    422, "squad: " + named + " (expected: " + config.squadSize() + " different cricketers)");
        }
        if (!contest.cricketers().containsAll(squad)) {
            squad.removeAll(contest.cricketers());
            throw new HttpException(422, "squad: " + squad + " do not play in this match");
        }
        return squad;
    }

    /** What a client sends. */
    record NewEntry(@Nullable List<String> squad) {}
}
