package dev.chassis.example.games;

import dev.chassis.http.EventStream;
import dev.chassis.http.Handler;
import dev.chassis.http.Request;
import dev.chassis.http.Response;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Streams the leaderboard of a contest: as it is, then whenever it changes, until the contest is settled or the service drains. */
final class LiveScores implements Handler {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Contests contests;
    private final Scores scores;
    private final Live live;
    private final GamesConfig config;

    LiveScores(Contests contests, Scores scores, Live live, GamesConfig config) {
        this.contests = contests;
        this.scores = scores;
        this.live = live;
        this.config = config;
    }

    @Override
    public Response handle(Request request) throws SQLException {
        long contest = contests.of(request).id();
        return Response.events(events -> stream(contest, events));
    }

    private void stream(long contest, EventStream events) throws IOException {
        Follower follower = live.follow(contest);
        try {
            begin(contest, follower);
            while (!follower.isOver()) {
                send(follower.next(config.heartbeat()), events);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while following contest " + contest);
        } catch (SQLException e) {
            throw new IOException("no leaderboard of contest " + contest, e);
        } finally {
            live.leave(contest, follower);
        }
    }

    /** Read after the follower is known, so that no change falls in between. */
    private void begin(long contest, Follower follower) throws SQLException {
        follower.begin(scores.leaderboard(contest));
        if (contests.find(contest).map(Contest::isSettled).orElse(true)) {
            follower.end(); // nobody would, any more
        }
    }

    private static void send(Optional<List<Standing>> leaderboard, EventStream events) throws IOException {
        if (leaderboard.isPresent()) {
            events.send("leaderboard", "", JSON.writeValueAsString(leaderboard.get()));
        } else {
            events.heartbeat();
        }
    }
}
