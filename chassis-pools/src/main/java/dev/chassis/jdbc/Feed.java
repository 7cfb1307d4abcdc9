package dev.chassis.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where HikariCP gets its connections from: first those that were opened, pinged and warmed at start, then new ones. Thread-safe. I1: {@code
 * takenNanos} is set before one of the first is taken, so that whoever finds one taken finds the time, too.
 *
 * <p>With a data source of our own HikariCP has no need to set the log-in time-out of {@code DriverManager}, which is one for the whole JVM.
 */
final class Feed implements DataSource {

    /** How long HikariCP waits at its end for a thread that is just connecting, in seconds. */
    private static final int CLOSE_PATIENCE = 1;

    private final Queue<Connection> prepared;
    private final Connector connector;
    private volatile long takenNanos = System.nanoTime(); // the first is about to be

    Feed(Collection<Connection> prepared, Connector connector) {
        this.prepared = new ConcurrentLinkedQueue<>(prepared);
        this.connector = connector;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (!prepared.isEmpty()) {
            takenNanos = System.nanoTime(); // I1
        }
        Connection ready = prepared.poll();
        return ready == null ? connector.open() : ready;
    }

    /** Whether one of the first was taken that short a time ago, and may not be in use yet. */
    boolean hasJustGiven(Duration time) {
        return System.nanoTime() - takenNanos < time.toNanos();
    }

    /** Closes what nobody has taken yet. */
    void discard() {
        for (Connection untaken = prepared.poll(); untaken != null; untaken = prepared.poll()) {
            try {
                untaken.close();
            } catch (SQLException e) {
                // It was given up anyway.
            }
        }
    }

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the pool logs in by itself");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return CLOSE_PATIENCE;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("no wrapper of " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }

    @Override
    public String toString() {
        return "connections of the chassis";
    }
}
