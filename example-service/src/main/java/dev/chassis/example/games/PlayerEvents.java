package dev.chassis.example.games;

import dev.chassis.Background;
import dev.chassis.messaging.Message;
import dev.chassis.messaging.PublishResult;
import dev.chassis.messaging.Publisher;
import dev.chassis.outbox.Outbox;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other services what players do. An entry is told if it is committed, whatever happens to this task; a login is told as well as can
 * be, and waits for nothing. Thread-safe.
 */
final class PlayerEvents {

    private static final Logger LOG = LoggerFactory.getLogger(PlayerEvents.class);

    private final String exchange;
    private final Publisher publisher;
    private final Outbox outbox;
    private final Background background;

    PlayerEvents(String exchange, Publisher publisher, Outbox outbox, Background background) {
        this.exchange = exchange;
        this.publisher = publisher;
        this.outbox = outbox;
        this.background = background;
    }

    /** In the background, because a publish waits a while for a broker that is away. */
    void loggedIn(Player player) {
        Message event = Message.json(new LoggedIn(player.id(), player.name()));
        background.run(
                "player-events",
                () -> publisher.publish("player.logged-in", event).thenAccept(PlayerEvents::warnUnlessConfirmed));
    }

    /** As part of a transaction; in the order of the player's entries. */
    void entered(Connection connection, long contest, Player player) throws SQLException {
        Message event = Message.json(new Entered(player.id(), contest));
        outbox.add(connection, exchange, "player.entered", Long.toString(player.id()), event);
    }

    /** The transaction is committed. */
    void committed() {
        outbox.wake();
    }

    private static void warnUnlessConfirmed(PublishResult result) {
        if (!result.isConfirmed() && result.outcome() != PublishResult.Outcome.RETURNED) { // nobody need be interested
            LOG.warn("a login is not told: {} {}", result.outcome(), result.detail());
        }
    }

    /** What is told of a login. */
    record LoggedIn(long player, String name) {}

    /** What is told of an entry. */
    record Entered(long player, long contest) {}
}
