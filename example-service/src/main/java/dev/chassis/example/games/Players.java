package dev.chassis.example.games;

import dev.chassis.jdbc.JdbcPool;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Everybody who plays. Thread-safe, and safe among tasks: I1: ids and names are unique, which the database sees to. */
final class Players {

    private static final String INSERT =
            "insert into games.player (name) values (?) on conflict do nothing returning id, name";

    private final JdbcPool db;

    Players(JdbcPool db) {
        this.db = db;
    }

    /** Takes a player in; empty if the name is taken. */
    Optional<Player> register(String name) throws SQLException {
        return first(INSERT, name);
    }

    Optional<Player> byId(long id) throws SQLException {
        return first("select id, name from games.player where id = ?", id);
    }

    Optional<Player> byName(String name) throws SQLException {
        return first("select id, name from games.player where name = ?", name);
    }

    List<Player> all() throws SQLException {
        return db.query("select id, name from games.player order by id", Players::player);
    }

    private Optional<Player> first(String sql, Object parameter) throws SQLException {
        return db.query(sql, Players::player, parameter).stream().findFirst();
    }

    private static Player player(ResultSet row) throws SQLException {
        return new Player(row.getLong("id"), row.getString("name"));
    }
}
