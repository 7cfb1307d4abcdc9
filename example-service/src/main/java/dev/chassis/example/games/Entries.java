package dev.chassis.example.games;

import dev.chassis.jdbc.JdbcPool;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Who has entered which contest. Thread-safe, and safe among tasks:
 *
 * <ul>
 *   <li>I1: a player has at most one entry in a contest; the primary key says so, too.
 *   <li>I2: a contest never has more entries than allowed, and takes them only while OPEN. Whoever enters holds the lock of the contest's
 *       row until the commit, so nobody counts, or closes it, meanwhile.
 * </ul>
 */
final class Entries {

    private static final String LOCK_OPEN =
            "select 1 from games.contest where id = ? and state = 'OPEN' for no key update";
    private static final String HAS_ENTERED = "select 1 from games.entry where contest = ? and player = ?";
    private static final String INSERT_IF_ROOM = """
            insert into games.entry (contest, player, squad)
            select ?, ?, ? where (select count(*) from games.entry where contest = ?) < ?
            """;

    private final JdbcPool db;
    private final ContestCache cache;
    private final PlayerEvents events;
    private final int max;

    Entries(JdbcPool db, ContestCache cache, PlayerEvents events, GamesConfig config) {
        this.db = db;
        this.cache = cache;
        this.events = events;
        this.max = config.maxEntries();
    }

    /** Enters a player, once; others are told if it is committed. */
    Outcome add(long contest, Entry entry) throws SQLException {
        Outcome outcome = db.inTransaction(connection -> add(connection, contest, entry));
        if (outcome == Outcome.ACCEPTED) {
            cache.forget();
            events.committed();
        }
        return outcome;
    }

    private Outcome add(Connection connection, long contest, Entry entry) throws SQLException {
        long player = entry.player().id();
        if (!Sql.finds(connection, LOCK_OPEN, contest)) {
            return Outcome.NOT_OPEN;
        }
        if (Sql.finds(connection, HAS_ENTERED, contest, player)) {
            return Outcome.ALREADY_IN;
        }
        String[] squad = entry.squad().toArray(String[]::new);
        int inserted = Sql.update(connection, INSERT_IF_ROOM, contest, player, squad, contest, max);
        if (inserted == 0) {
            return Outcome.FULL;
        }
        events.entered(connection, contest, entry.player());
        return Outcome.ACCEPTED;
    }

    /** What became of an attempt to enter. */
    enum Outcome {
        ACCEPTED,
        NOT_OPEN,
        FULL,
        ALREADY_IN
    }
}
