package dev.chassis.example.games;

import dev.chassis.jdbc.JdbcPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What cricketers have scored, and where that puts the players. Thread-safe, and safe among tasks: I1: points change only before SETTLED,
 * because whoever adds some locks the contest's row against a change of its state.
 */
final class Scores {

    private static final String ADD = """
            insert into games.points as p (contest, cricketer, total)
            select id, ?, ? from games.contest where id = ? and state <> 'SETTLED' for share
            on conflict (contest, cricketer) do update set total = p.total + excluded.total
            returning contest
            """;
    private static final String LEADERBOARD = """
            with totals as (
              select player.name as player, coalesce(sum(points.total), 0) as points
              from games.entry
              join games.player on player.id = entry.player
              left join games.points on points.contest = entry.contest and points.cricketer = any (entry.squad)
              where entry.contest = ?
              group by player.id)
            select rank() over (order by points desc) as rank, player, points
            from totals
            order by rank, player collate "C"
            """;

    private final JdbcPool db;

    Scores(JdbcPool db) {
        this.db = db;
    }

    /** Adds points of a cricketer; false once the contest is settled. */
    boolean add(long contest, String cricketer, int scored) throws SQLException {
        return !db.query(ADD, row -> row.getLong(1), cricketer, scored, contest).isEmpty();
    }

    /** The same as part of a transaction. */
    boolean add(Connection connection, long contest, String cricketer, int scored) throws SQLException {
        return Sql.finds(connection, ADD, cricketer, scored, contest);
    }

    /** Everybody who has entered, the best first. */
    List<Standing> leaderboard(long contest) throws SQLException {
        return db.query(
                LEADERBOARD,
                row -> new Standing(row.getInt("rank"), row.getString("player"), row.getInt("points")),
                contest);
    }
}
