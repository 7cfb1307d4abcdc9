package dev.chassis.example.games;

import dev.chassis.http.Request;
import dev.chassis.websocket.Message;
import dev.chassis.websocket.Reply;
import dev.chassis.websocket.Session;
import dev.chassis.websocket.Topics;
import dev.chassis.websocket.WebSocketHandler;
import java.sql.SQLException;
import java.util.List;

/**
 * The leaderboard of a contest over a WebSocket: as it is, then whenever it changes, at whichever task. A client that reads slowly gets the
 * latest one. Thread-safe.
 */
final class LiveSocket implements WebSocketHandler<String> {

    private final Contests contests;
    private final Scores scores;
    private final Topics topics;

    LiveSocket(Contests contests, Scores scores, Topics topics) {
        this.contests = contests;
        this.scores = scores;
        this.topics = topics;
    }

    /**
     * What a client is told.
     *
     * @param total rises with every change, so that of two that cross the newer is known
     */
    record Board(long contest, long total, List<Standing> leaderboard) {}

    /** The contest that is asked for, if there is one. */
    Long contest(Request request) throws SQLException {
        return contests.of(request).id();
    }

    /** Joins first, so that no change falls in between. */
    @Override
    public Reply onOpen(Session session) {
        long contest = session.attachment(Long.class);
        return Reply.join(topic(contest)).andThen(() -> Reply.send(board(contest)));
    }

    /** Any message asks for the leaderboard as it is: what a client does that is told to resync. */
    @Override
    public Reply onMessage(Session session, String message) throws SQLException {
        return Reply.send(board(session.attachment(Long.class)));
    }

    /** Tells the followers of a contest, at all tasks. */
    void tell(long contest) throws SQLException {
        topics.publish(topic(contest), board(contest));
    }

    private Message board(long contest) throws SQLException {
        List<Standing> leaderboard = scores.leaderboard(contest);
        long total = leaderboard.stream().mapToLong(Standing::points).sum();
        return Message.json(new Board(contest, total, leaderboard)).latest("board");
    }

    private static String topic(long contest) {
        return "contest-" + contest;
    }
}
