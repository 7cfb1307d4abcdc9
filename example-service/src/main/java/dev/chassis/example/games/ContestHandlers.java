package dev.chassis.example.games;

import dev.chassis.http.HttpException;
import dev.chassis.http.Request;
import dev.chassis.http.Response;
import org.jspecify.annotations.Nullable;

/** Answers about contests. */
final class ContestHandlers {

    private static final int MAX_POINTS = 100;

    private final Contests contests;
    private final Live live;
    private final Settlement settlement;

    ContestHandlers(Contests contests, Live live, Settlement settlement) {
        this.contests = contests;
        this.live = live;
        this.settlement = settlement;
    }

    /** All contests, or those in {@code ?state=}. */
    Response all(Request request) {
        var wanted = request.query("state", Contest.State.class);
        return Response.json(contests.all().stream()
                .map(Contest::view)
                .filter(view -> wanted.isEmpty() || view.state() == wanted.get())
                .toList());
    }

    Response one(Request request) {
        return Response.json(contests.of(request).view());
    }

    Response leaderboard(Request request) {
        return Response.json(contests.of(request).leaderboard());
    }

    /** What the ground reports; everybody who follows the contest is told. */
    Response score(Request request) {
        Contest contest = contests.of(request);
        Score score = request.body(Score.class);
        String cricketer = score.checkedCricketer(contest);
        if (!contest.score(cricketer, score.checkedPoints())) {
            throw HttpException.conflict("contest " + contest.id() + " is settled");
        }
        live.publish(contest.id(), contest.leaderboard());
        return Response.noContent();
    }

    /** Closes a contest at once and settles it in the background. */
    Response settle(Request request) {
        Contest contest = contests.of(request);
        if (!contest.close()) {
            throw HttpException.conflict("contest " + contest.id() + " is not open");
        }
        settlement.begin(contest);
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
