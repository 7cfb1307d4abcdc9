package dev.chassis.jdbc;

import dev.chassis.time.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens the first connections of a pool: one alone, which finds out whether it is possible at all, then the others, at most {@value
 * #AT_ONCE} at once. Each is made ready by {@code prepare} before it counts.
 *
 * <ul>
 *   <li>I1: {@code opened}, {@code begun}, {@code failure} and {@code over} are guarded by this; no I/O under the lock.
 *   <li>I2: a connection is in {@code opened}, or was closed by the thread that opened it. After {@code over} nothing is added.
 *   <li>I3: after a failure nothing more is begun.
 * </ul>
 */
final class Opening {

    /** How many connect at once: a server that is just coming back is not helped by more. */
    static final int AT_ONCE = 4;

    private final String pool;
    private final Connector connector;
    private final SqlFunction<Connection, Connection> prepare;
    private final int wanted;
    private final List<Connection> opened = new ArrayList<>();
    private int begun;
    private @Nullable Exception failure;
    private boolean over;

    Opening(String pool, Connector connector, int wanted, SqlFunction<Connection, Connection> prepare) {
        this.pool = pool;
        this.connector = connector;
        this.wanted = wanted;
        this.prepare = prepare;
    }

    /**
     * Blocks until all are open and ready.
     *
     * @throws SQLException the first failure, or that the deadline passed; everything opened is closed by then or when its thread returns
     */
    List<Connection> run(Deadline deadline) throws SQLException, InterruptedException {
        try {
            launch(1);
            await(1, deadline);
            launch(Math.min(AT_ONCE, wanted - 1));
            await(wanted, deadline);
            return end();
        } catch (SQLException | InterruptedException | RuntimeException e) {
            end().forEach(Opening::close);
            throw e;
        }
    }

    private void launch(int threads) {
        int limit = threads == 1 && begun() == 0 ? 1 : wanted;
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> work(limit), "open-" + pool + "-" + i);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void work(int limit) {
        while (begin(limit)) {
            try {
                add(connector.open());
            } catch (SQLException | RuntimeException e) {
                fail(e);
            }
        }
    }

    private void add(Connection connection) throws SQLException {
        try {
            prepare.apply(connection);
        } catch (SQLException | RuntimeException e) {
            close(connection);
            throw e;
        }
        if (!accept(connection)) {
            close(connection); // I2
        }
    }

    private synchronized int begun() {
        return begun;
    }

    private synchronized boolean begin(int limit) {
        if (over || failure != null || begun >= limit) {
            return false;
        }
        begun++;
        return true;
    }

    private synchronized boolean accept(Connection connection) {
        if (!over) {
            opened.add(connection);
            notifyAll();
        }
        return !over;
    }

    private synchronized void fail(Exception e) {
        if (failure == null) {
            failure = e;
        }
        notifyAll();
    }

    private synchronized List<Connection> end() {
        over = true;
        return List.copyOf(opened);
    }

    private synchronized void await(int count, Deadline deadline) throws SQLException, InterruptedException {
        while (failure == null && opened.size() < count) {
            if (deadline.isExpired()) {
                throw new SQLTimeoutException(
                        "only " + opened.size() + " of " + wanted + " connections opened in time", "08001");
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(deadline.remainingNanos(), 1_000_000));
        }
        if (failure instanceof SQLException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is given up because of something worse, which is told.
        }
    }

    /**
     * Pings a connection and has it run a statement.
     *
     * @throws SQLException if it does not answer, or the statement fails
     */
    static void pingAndWarm(Connection connection, JdbcConfig config) throws SQLException {
        if (!connection.isValid(seconds(config))) {
            throw new SQLTransientConnectionException("a new connection did not answer a ping", "08006");
        }
        if (config.warmUpSql().isPresent()) {
            try (var statement = connection.createStatement()) {
                statement.execute(config.warmUpSql().get());
            }
        }
    }

    /** JDBC pings count whole seconds. */
    static int seconds(JdbcConfig config) {
        return (int) config.validationTimeout().plusMillis(999).toSeconds();
    }
}
