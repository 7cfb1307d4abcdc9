package dev.chassis.example.games;

import dev.chassis.http.HttpException;
import dev.chassis.http.Request;
import dev.chassis.jdbc.JdbcPool;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The contests of the day. Thread-safe, and safe among tasks: I1: the state moves only downwards, because each step is one update that asks
 * for the state before it; of many who try, one is told that it was him.
 */
final class Contests {

    private static final String SELECT = """
            select id, match, cricketers, state, (select count(*) from games.entry e where e.contest = c.id) as entries
            from games.contest c
            """;

    private final JdbcPool db;
    private final ContestCache cache;

    Contests(JdbcPool db, ContestCache cache) {
        this.db = db;
        this.cache = cache;
    }

    /** Adds a contest, unless it is there. */
    void add(Contest contest) throws SQLException {
        String insert = "insert into games.contest (id, match, cricketers) values (?, ?, ?)"
                + " on conflict do nothing returning id";
        changes(insert, contest.id(), contest.match(), contest.cricketers().toArray(String[]::new));
    }

    /** What clients see of all contests, by id; perhaps a little old, see {@link ContestCache}. */
    List<Contest.View> views() throws SQLException {
        return cache.get(
                () -> db.query(SELECT + "order by id", row -> contest(row).view()));
    }

    /** The contest a request is about, as it is now: its path parameter {@code id}. */
    Contest of(Request request) throws SQLException {
        long id = request.path("id", Long.class);
        return find(id).orElseThrow(() -> HttpException.notFound("there is no contest " + id));
    }

    Optional<Contest> find(long id) throws SQLException {
        return db.query(SELECT + "where id = ?", Contests::contest, id).stream().findFirst();
    }

    /** Those that somebody has begun to settle. */
    List<Long> closed() throws SQLException {
        return db.query("select id from games.contest where state = 'CLOSED'", row -> row.getLong(1));
    }

    /** Takes no more entries; false if it took none before. */
    boolean close(long id) throws SQLException {
        return changes("update games.contest set state = 'CLOSED' where id = ? and state = 'OPEN' returning id", id);
    }

    /** Takes no more points; false if somebody else has settled it, or it was not closed. */
    boolean settle(long id) throws SQLException {
        return changes("update games.contest set state = 'SETTLED' where id = ? and state = 'CLOSED' returning id", id);
    }

    private boolean changes(String sql, Object... parameters) throws SQLException {
        boolean changed = !db.query(sql, row -> row.getLong(1), parameters).isEmpty();
        if (changed) {
            cache.forget();
        }
        return changed;
    }

    private static Contest contest(ResultSet row) throws SQLException {
        String[] cricketers = (String[]) row.getArray("cricketers").getArray();
        return new Contest(
                row.getLong("id"),
                row.getString("match"),
                Set.of(cricketers),
                Contest.State.valueOf(row.getString("state")),
                row.getInt("entries"));
    }
}
