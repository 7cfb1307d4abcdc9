package dev.chassis.example.games;

import dev.chassis.Background;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the winners after the answer has been sent. A drain waits for it; what a task that died has left is taken up by the next one that
 * starts.
 *
 * <p>Thread-safe, and safe among tasks: I1: the winners of a contest are told once, by whoever moved it to SETTLED.
 */
final class Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private final Background background;
    private final Contests contests;
    private final Scores scores;
    private final Changes changes;

    Settlement(Background background, Contests contests, Scores scores, Changes changes) {
        this.background = background;
        this.contests = contests;
        this.scores = scores;
        this.changes = changes;
    }

    /** Settles a contest that is closed. */
    void begin(long contest) {
        background.run("settlement", () -> settle(contest));
    }

    /** Settles what was closed and not settled. */
    void resume() throws SQLException {
        contests.closed().forEach(this::begin);
    }

    private void settle(long contest) throws SQLException {
        if (contests.settle(contest)) { // I1
            List<Standing> board = scores.leaderboard(contest);
            board.stream()
                    .filter(standing -> standing.rank() == 1)
                    .forEach(winner -> LOG.info("contest {} won by {}", contest, winner.player()));
            changes.tell(contest);
        }
    }
}
