package dev.chassis.jdbc;

import dev.chassis.config.Configuration;
import dev.chassis.testing.MariaDbServer;
import dev.chassis.testing.PostgresServer;
import dev.chassis.time.Deadline;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Pools and connections for tests. */
final class Trials {

    private Trials() {}

    /** The configuration of a pool, from keys without their prefix. */
    static JdbcConfig config(Map<String, String> keys) {
        Map<String, String> overrides = new HashMap<>();
        keys.forEach((key, value) -> overrides.put("chassis.jdbc." + key, value));
        Configuration configuration = Configuration.load(Map.of(), Map.of(), overrides);
        JdbcConfig config = configuration.bind(JdbcConfig.class);
        configuration.verify();
        return config;
    }

    static JdbcConfig config(PostgresServer server, Map<String, String> more) {
        return config(with(server.url(), server.user(), server.password(), more));
    }

    static JdbcConfig config(MariaDbServer server, Map<String, String> more) {
        return config(with(server.url(), server.user(), server.password(), more));
    }

    static Map<String, String> with(String url, String user, String password, Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(Map.of("url", url, "user", user));
        if (!password.isEmpty()) {
            keys.put("password", password);
        }
        keys.putAll(more);
        return keys;
    }

    static JdbcPool started(JdbcPool pool) throws Exception {
        pool.start(soon());
        return pool;
    }

    static JdbcPool started(JdbcConfig config) throws Exception {
        return started(JdbcPool.of("orders", config));
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    static Connection connect(PostgresServer server) throws SQLException {
        return DriverManager.getConnection(server.url(), server.user(), server.password());
    }

    static void execute(PostgresServer server, String... statements) throws SQLException {
        try (Connection connection = connect(server)) {
            execute(connection, statements);
        }
    }

    static void execute(MariaDbServer server, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url(), server.user(), server.password())) {
            execute(connection, statements);
        }
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The sessions of pools named {@code orders}, as the server sees them. */
    static long sessions(PostgresServer server) throws SQLException {
        try (Connection connection = connect(server)) {
            return number(connection, "select count(*) from pg_stat_activity where application_name = 'orders'");
        }
    }
}
