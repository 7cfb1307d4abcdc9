package dev.chassis.example.games;

import dev.chassis.Background;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the winners after the answer has been sent. A drain waits for it. Thread-safe. */
final class Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private final Background background;
    private final Live live;

    Settlement(Background background, Live live) {
        this.background = background;
        this.live = live;
    }

    void begin(Contest contest) {
        background.run("settlement", () -> settle(contest));
    }

    private void settle(Contest contest) {
        List<Standing> board = contest.leaderboard();
        board.stream()
                .filter(standing -> standing.rank() == 1)
                .forEach(winner -> LOG.info("contest {} won by {}", contest.id(), winner.player()));
        contest.settle();
        live.end(contest.id());
    }
}
