package dev.chassis.example.games;

import dev.chassis.http.HttpException;
import dev.chassis.http.Request;
import dev.chassis.http.Response;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Answers about contests. */
final class ContestHandlers {

    /** The most that one report may bring. */
    static final int MAX_POINTS = 100;

    private final Contests contests;
    private final Scores scores;
    private final Changes changes;
    private final Settlement settlement;

    ContestHandlers(Contests contests, Scores scores, Changes changes, Settlement settlement) {
        this.contests = contests;
        this.scores = scores;
        this.changes = changes;
        this.settlement = settlement;
    }

    /** All contests, or those in {@code ?state=}. */
    Response all(Request request) throws SQLException {
        var wanted = request.query("state", Contest.State.class);
        return Response.json(contests.views().stream()
                .filter(view -> wanted.isEmpty() || view.state() == wanted.get())
                .toList());
    }

    Response one(Request request) throws SQLException {
        long id = request.path("id", Long.class);
        return contests.views().stream()
                .filter(view -> view.id() == id)
                .findFirst()
                .map(Response::json)
                .orElseThrow(() -> HttpException.notFound("there is no contest " + id));
    }

    Response leaderboard(Request request) throws SQLException {
        return Response.json(scores.leaderboard(contests.of(request).id()));
    }

    /** What the ground reports; everybody who follows the contest is told. */
    Response score(Request request) throws SQLException {
        Contest contest = contests.of(request);
        Score score = request.body(Score.class);
        String cricketer = score.checkedCricketer(contest);
        if (!scores.add(contest.id(), cricketer, score.checkedPoints())) {
            throw HttpException.conflict("contest " + contest.id() + " is settled");
        }
        changes.tell(contest.id());
        return Response.noContent();
    }

    /** Closes a contest at once and settles it in the background. */
    Response settle(Request request) throws SQLException {
        Contest contest = contests.of(request);
        if (!contests.close(contest.id())) {
            throw HttpException.conflict("contest " + contest.id() + " is not open");
        }
        settlement.begin(contest.id());
        return Response.accepted();
    }

    /** What the ground sends. */
    record Score(@Nullable String cricketer, @Nullable Integer points) {

        String checkedCricketer(Contest contest) {
            if (cricketer == null || !contest.cricketers().contains(cricketer)) {
                throw new HttpException(422, "cricketer: \"" + cricketer + "\" does not play in this match");
            }
            return cricketer;
        }

        int checkedPoints() {
            if (points == null || points < 0 || points > MAX_POINTS) {
                throw new HttpException(422, "points: " + points + " (expected: 0 to " + MAX_POINTS + ")");
            }
            return points;
        }
    }
}
