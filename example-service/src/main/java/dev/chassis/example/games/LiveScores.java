package dev.chassis.example.games;

import dev.chassis.http.EventStream;
import dev.chassis.http.Handler;
import dev.chassis.http.Request;
import dev.chassis.http.Response;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Streams the leaderboard of a contest: as it is, then whenever it changes, until the contest is settled or the service drains. */
final class LiveScores implements Handler {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Contests contests;
    private final Live live;
    private final GamesConfig config;

    LiveScores(Contests contests, Live live, GamesConfig config) {
        this.contests = contests;
        this.live = live;
        this.config = config;
    }

    @Override
    public Response handle(Request request) {
        Contest contest = contests.of(request);
        return Response.events(events -> stream(contest, events));
    }

    private void stream(Contest contest, EventStream events) throws IOException {
        Follower follower = live.follow(contest.id());
        if (contest.isSettled()) {
            follower.end(); // nobody would, any more
        }
        try {
            follower.tell(contest.leaderboard());
            while (!follower.isOver()) {
                send(follower.next(config.heartbeat()), events);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while following contest " + contest.id());
        } finally {
            live.leave(contest.id(), follower);
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
