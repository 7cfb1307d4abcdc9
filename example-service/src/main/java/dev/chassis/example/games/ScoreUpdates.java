package dev.chassis.example.games;

import dev.chassis.inbox.Inbox;
import dev.chassis.messaging.Delivery;
import dev.chassis.messaging.DeliveryHandler;
import dev.chassis.messaging.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Points that the ground reports by message; each message counts once. Thread-safe. */
final class ScoreUpdates implements DeliveryHandler<ScoreUpdates.Update> {

    private final Contests contests;
    private final Scores scores;
    private final Changes changes;
    private final DeliveryHandler<Update> once;

    ScoreUpdates(Contests contests, Scores scores, Changes changes, Inbox<Connection> inbox) {
        this.contests = contests;
        this.scores = scores;
        this.changes = changes;
        this.once = inbox.once("score-updates", this::add);
    }

    /** Looks before the transaction, which has one connection and shall not wait for another. */
    @Override
    public Outcome handle(Delivery<Update> delivery) throws Exception {
        Update update = delivery.payload();
        Optional<Contest> contest = contests.find(update.contest());
        if (contest.isEmpty()) {
            return Outcome.deadLetter("there is no contest " + update.contest());
        }
        if (update.cricketer() == null || !contest.get().cricketers().contains(update.cricketer())) {
            return Outcome.deadLetter("cricketer: \"" + update.cricketer() + "\" does not play in this match");
        }
        if (update.points() < 0 || update.points() > ContestHandlers.MAX_POINTS) {
            return Outcome.deadLetter(
                    "points: " + update.points() + " (expected: 0 to " + ContestHandlers.MAX_POINTS + ")");
        }
        Outcome outcome = once.handle(delivery);
        if (outcome.kind() == Outcome.Kind.ACK) {
            changes.tell(update.contest());
        }
        return outcome;
    }

    private Outcome add(Connection connection, Delivery<Update> delivery) throws SQLException {
        Update update = delivery.payload();
        return scores.add(connection, update.contest(), String.valueOf(update.cricketer()), update.points())
                ? Outcome.ack()
                : Outcome.deadLetter("contest " + update.contest() + " is settled");
    }

    /** What the ground sends. */
    record Update(long contest, @Nullable String cricketer, int points) {}
}
