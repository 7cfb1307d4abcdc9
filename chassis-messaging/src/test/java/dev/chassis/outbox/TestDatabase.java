package dev.chassis.outbox;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.chassis.testing.MariaDbServer;
import dev.chassis.testing.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;

/** A database of a test's own with a pool, and with the tables of the scripts. */
public final class TestDatabase implements AutoCloseable {

    private final AutoCloseable server;
    private final HikariDataSource pool;
    private final String script;

    private TestDatabase(AutoCloseable server, HikariDataSource pool, String script) {
        this.server = server;
        this.pool = pool;
        this.script = script;
    }

    public static TestDatabase postgres() {
        PostgresServer server = PostgresServer.start();
        return new TestDatabase(server, pool(server.url(), server.user(), server.password()), "postgresql");
    }

    public static TestDatabase mariaDb() {
        MariaDbServer server = MariaDbServer.start();
        return new TestDatabase(server, pool(server.url(), server.user(), server.password()), "mariadb");
    }

    public static TestDatabase h2() {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE";
        return new TestDatabase(() -> {}, pool(url, "sa", ""), "h2");
    }

    static HikariDataSource pool(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(16);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(5_000);
        return new HikariDataSource(config);
    }

    public DataSource source() {
        return pool;
    }

    /** URL, user and password, for a process. */
    String[] login() {
        return new String[] {pool.getJdbcUrl(), pool.getUsername(), pool.getPassword()};
    }

    /** Makes tables anew from the script of a package. */
    public void create(String part) {
        for (String table :
                new String[] {"chassis_outbox", "chassis_outbox_partition", "chassis_outbox_relay", "chassis_inbox"}) {
            if (table.startsWith("chassis_" + part)) {
                execute("drop table if exists " + table);
            }
        }
        String resource = "/dev/chassis/" + part + "/" + script + ".sql";
        try (InputStream in = Objects.requireNonNull(TestDatabase.class.getResourceAsStream(resource), resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
            for (String statement : text.split(";")) {
                if (!statement.isBlank()) {
                    execute(statement);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void execute(String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public long number(String sql) {
        try (Connection connection = pool.getConnection()) {
            return Sql.query(connection, sql, row -> row.getLong(1)).get(0);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Does work in a transaction, and commits if it returns. */
    public void transaction(Work work) throws Exception {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                work.run(connection);
                connection.commit();
            } catch (Exception e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    @Override
    public void close() throws Exception {
        pool.close();
        server.close();
    }

    /** What is done in a transaction. */
    public interface Work {
        void run(Connection connection) throws Exception;
    }
}
