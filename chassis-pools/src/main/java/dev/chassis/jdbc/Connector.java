package dev.chassis.jdbc;

import dev.chassis.time.Deadline;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections and knows which are open. Thread-safe.
 *
 * <ul>
 *   <li>I1: {@code open} has exactly the connections that were handed out and not closed since; both fields are guarded by this.
 *   <li>I2: after {@link #refuse} nothing is handed out: a connection that is through by then is closed by who opened it.
 *   <li>I3: no I/O under the lock.
 * </ul>
 */
final class Connector {

    private final Driver driver;
    private final String url;
    private final Properties properties;
    private final @Nullable Supplier<JdbcCredentials> credentials;
    private final Duration socketTimeout;
    private final Set<PhysicalConnection> open = new HashSet<>();
    private boolean refusing;

    /** Opens connections of this driver; {@code credentials} is asked for each, null lets the driver decide. */
    Connector(
            Driver driver,
            Target target,
            @Nullable Supplier<JdbcCredentials> credentials,
            JdbcConfig config,
            String application) {
        Database database = Database.of(target.url());
        this.driver = driver;
        this.url = target.url();
        this.properties = database.properties(config.connectTimeout(), application);
        this.credentials = credentials;
        this.socketTimeout = database.hasNetwork() ? config.socketTimeout() : Duration.ZERO;
    }

    /**
     * Opens a connection. Blocks as long as the driver's time-outs let it.
     *
     * @throws SQLException if that fails, or after {@link #refuse}
     */
    Connection open() throws SQLException {
        Connection raw = logIn();
        try {
            if (!socketTimeout.isZero() || properties.containsKey("socketTimeout")) {
                raw.setNetworkTimeout(Runnable::run, (int) socketTimeout.toMillis());
            }
            return adopt(raw);
        } catch (SQLException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** From now on nothing is opened. */
    synchronized void refuse() {
        refusing = true;
    }

    /**
     * Waits until every connection is closed.
     *
     * @return whether they are; {@code false} if the deadline passed first
     */
    synchronized boolean awaitNoneOpen(Deadline deadline) throws InterruptedException {
        while (!open.isEmpty() && !deadline.isExpired()) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(deadline.remainingNanos(), 1_000_000));
        }
        return open.isEmpty();
    }

    /** Ends every connection there still is, without a goodbye. Returns soon. */
    void abortAll() {
        snapshot().forEach(PhysicalConnection::abort);
    }

    private synchronized List<PhysicalConnection> snapshot() {
        return List.copyOf(open);
    }

    /**
     * Logs in. A log-in that is refused is tried once more where the credentials are others by now: they were rotated between our asking
     * and the server's looking. The same ones are not tried twice, because servers lock accounts.
     */
    private Connection logIn() throws SQLException {
        if (credentials == null) {
            return connect(Optional.empty());
        }
        JdbcCredentials first = credentials.get();
        try {
            return connect(Optional.of(first));
        } catch (SQLException e) {
            if (SqlStates.ofConnect(e) != SqlStates.Failure.CREDENTIALS) {
                throw e;
            }
            JdbcCredentials second = credentials.get();
            if (second.equals(first)) {
                throw e;
            }
            return connect(Optional.of(second));
        }
    }

    private Connection connect(Optional<JdbcCredentials> as) throws SQLException {
        Properties mine = new Properties();
        mine.putAll(properties);
        as.ifPresent(who -> {
            mine.setProperty("user", who.user());
            mine.setProperty("password", who.password());
        });
        Connection connection = driver.connect(url, mine);
        if (connection == null) {
            throw new SQLException("the driver " + driver.getClass().getName() + " does not accept the URL", "08001");
        }
        return connection;
    }

    private Connection adopt(Connection raw) throws SQLException {
        PhysicalConnection connection = new PhysicalConnection(raw, this::closed);
        synchronized (this) {
            if (!refusing) {
                open.add(connection);
                return connection;
            }
        }
        throw new SQLNonTransientConnectionException("the pool is closing", "08003"); // I2
    }

    private synchronized void closed(PhysicalConnection connection) {
        open.remove(connection);
        notifyAll();
    }
}
