package dev.chassis.jdbc;

import dev.chassis.Service;
import dev.chassis.config.Checked;
import dev.chassis.health.Health;
import dev.chassis.health.HealthCheck;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.TransientFailureException;
import dev.chassis.time.Deadline;
import dev.chassis.time.StartSpread;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pool of JDBC connections (HikariCP): full and warm before the service is ready, closed after everything that uses it.
 *
 * <pre>{@code
 * var db = service.add(JdbcPool.from(service));                    // keys chassis.jdbc.*
 * var reports = service.add(JdbcPool.from(service, "reports"));    // keys chassis.jdbc.reports.*
 *
 * var orders = new Orders(db.dataSource());                        // any framework
 * long id = db.inTransaction(connection -> insert(connection, order));
 * List<String> names = db.query("select name from customer where city = ?", row -> row.getString(1), city);
 * }</pre>
 *
 * <ul>
 *   <li>A start that fails for a passing reason (refused, time-out, too many connections, starting up) is tried again by the chassis; a wrong
 *       password, database, host or URL ends it at once.
 *   <li>A server that has become read-only makes the pool replace its connections.
 *   <li>A commit whose outcome is unknown throws {@link OutcomeUnknownException}, and nothing here does anything twice.
 *   <li>At its stop, idle sessions are ended properly, borrowed ones when they come back or, at last, by force.
 * </ul>
 *
 * <p>Thread-safe once it is put together; {@code with} methods and {@link #sharesDatabaseWith} are for the thread that does that. One life.
 *
 * <ul>
 *   <li>I1: {@code lending} and {@code stopped} are written under this object's lock, without I/O; {@code lending} is never set once {@code
 *       stopped} is.
 *   <li>I2: {@code spread} belongs to the thread in {@link #start}; the chassis calls it one at a time.
 * </ul>
 */
public final class JdbcPool implements Component, Checked {

    private static final String PREFIX = "chassis.jdbc";
    private static final Pattern NAME = Pattern.compile("(?!budget$)[a-z][a-z0-9-]*");

    private final String name;
    private final String prefix;
    private final String application;
    private final JdbcConfig config;
    private final PooledDataSource dataSource = new PooledDataSource(this);
    private List<JdbcPool> neighbours = new ArrayList<>(List.of(this));
    private @Nullable Supplier<JdbcCredentials> credentials;
    private @Nullable MeterRegistry registry;
    private final StartSpread spread = new StartSpread(); // I2
    private volatile @Nullable Lending lending; // I1
    private boolean stopped; // I1

    private JdbcPool(String name, String prefix, String application, JdbcConfig config) {
        Libraries.require();
        this.name = name;
        this.prefix = prefix;
        this.application = application;
        this.config = config;
    }

    /**
     * The pool of a service, named {@code jdbc}, with the keys {@code chassis.jdbc.*}. It is still to be added.
     *
     * @throws IllegalStateException if HikariCP is not on the class path
     */
    public static JdbcPool from(Service service) {
        return new JdbcPool("jdbc", PREFIX, service.name(), service.config(PREFIX, JdbcConfig.class));
    }

    /**
     * One more pool of a service, named {@code jdbc-<name>}, with the keys {@code chassis.jdbc.<name>.*}.
     *
     * @param name lower-case letters, digits and hyphens, a letter first; not {@code budget}, which is a group of keys
     * @throws IllegalArgumentException if the name is not like that
     * @throws IllegalStateException if HikariCP is not on the class path
     */
    public static JdbcPool from(Service service, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name: \"" + name
                    + "\" (expected: lower-case letters, digits and hyphens, a letter first; not budget)");
        }
        String prefix = PREFIX + "." + name;
        return new JdbcPool("jdbc-" + name, prefix, service.name(), service.config(prefix, JdbcConfig.class));
    }

    /**
     * A pool without a service, for whoever starts and stops it himself; messages name its keys as {@code chassis.jdbc.*}.
     *
     * @throws IllegalStateException if HikariCP is not on the class path
     */
    public static JdbcPool of(String name, JdbcConfig config) {
        return new JdbcPool(name, PREFIX, name, config);
    }

    /**
     * Asks for credentials for every new connection, in place of {@code user} and {@code password}: they may be rotated at any time, and
     * may be tokens that last minutes. A log-in that is refused is tried once more if the credentials are others by then. The supplier is called
     * on threads of the pool, several at once, and may block; {@link #renew} is for connections that were made before.
     *
     * @return this
     */
    public JdbcPool withCredentials(Supplier<JdbcCredentials> supplier) {
        this.credentials = supplier;
        return this;
    }

    /**
     * Says that this pool and another one of the same service connect to the same database, so that their connections are added up in the
     * connection budget.
     *
     * @return this
     */
    public JdbcPool sharesDatabaseWith(JdbcPool other) {
        if (neighbours != other.neighbours) {
            other.neighbours.addAll(neighbours);
            neighbours.forEach(pool -> pool.neighbours = other.neighbours);
        }
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void check(Problems problems) {
        boolean hasDefault = config.url().isPresent() || Development.isPossible();
        Rules.check(config, prefix, hasDefault, credentials != null, problems);
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        this.registry = meters;
    }

    /**
     * Opens {@code min-idle} connections, pings and warms each, and returns when all of them are in the pool.
     *
     * @throws TransientFailureException if the database cannot be reached or is not ready
     * @throws IllegalStateException if it refuses for good, or the connection budget does not fit and is to be kept
     */
    @Override
    public void start(Deadline deadline) throws InterruptedException {
        spread.once(config.startSpread(), deadline);
        Target target = config.url().map(url -> Target.of(url, config)).orElseGet(() -> Development.target(name));
        int pooled = neighbours.stream().mapToInt(pool -> pool.config.maxSize()).sum();
        Lending started =
                new PoolStart(name, prefix, application, config, target, credentials).run(deadline, pooled, registry);
        if (!publish(started)) {
            started.close(deadline);
            throw new IllegalStateException("pool " + name + " was stopped while it started");
        }
    }

    /** Refuses new borrowers, waits for those who hold connections as long as it can, and ends every session. */
    @Override
    public void stop(Deadline deadline) throws InterruptedException {
        Lending ended = retire();
        if (ended != null) {
            ended.close(deadline);
        }
    }

    /** The pool for any framework. It can be handed on before the start; borrowing before that fails. */
    public DataSource dataSource() {
        return dataSource;
    }

    /**
     * Runs work in a transaction: commits when it returns, rolls back when it throws. Never runs it twice.
     *
     * @return what the work returned
     * @throws PoolExhaustedException if no connection is free in time
     * @throws OutcomeUnknownException if the connection was lost during the commit
     * @throws SQLException what the work threw, or the commit failed with
     */
    public <R extends @Nullable Object> R inTransaction(SqlFunction<Connection, R> work) throws SQLException {
        return Transactions.run(dataSource, work);
    }

    /**
     * Runs a query on a connection of its own.
     *
     * @param row makes one element of one row; it is called with the row under the cursor
     * @param parameters for the question marks, by {@code PreparedStatement.setObject}
     * @return what {@code row} made of each row, in order
     * @throws PoolExhaustedException if no connection is free in time
     * @throws SQLException if the query fails
     */
    public <T extends @Nullable Object> List<T> query(
            String sql, SqlFunction<ResultSet, T> row, @Nullable Object... parameters) throws SQLException {
        try (Connection connection = borrow();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return rows(statement, row);
        }
    }

    /**
     * Replaces every connection by a new one: those that are idle now, the others when they come back. For after a rotation of credentials or a
     * move of the database that the pool has not noticed by itself. Returns at once; before the start and after the stop it does nothing.
     */
    public void renew() {
        Lending current = lending;
        if (current != null) {
            current.renew();
        }
    }

    /** How many connections are borrowed now. */
    @Override
    public int inFlight() {
        Lending current = lending;
        return current == null ? 0 : current.state().getActiveConnections();
    }

    /** Down without any connection, degraded when all are borrowed and somebody waits. */
    @Override
    public Health health() {
        Lending current = lending;
        if (current == null) {
            return Health.down("not running");
        }
        if (current.state().getTotalConnections() == 0) {
            return Health.down("no connection: " + current.counters());
        }
        boolean waiting = current.isBusy() && current.state().getThreadsAwaitingConnection() > 0;
        return waiting ? Health.degraded(current.counters()) : Health.up(current.counters());
    }

    /** A ping. A pool that is merely busy is degraded, not down. */
    @Override
    public List<HealthCheck> healthChecks() {
        return List.of(new PingCheck(this, config));
    }

    /** Lends a connection, or says why not. */
    Connection borrow() throws SQLException {
        Lending current = lending;
        if (current == null) {
            throw new SQLNonTransientConnectionException("pool " + name + " is not running", "08003");
        }
        return current.borrow();
    }

    /** Whether all connections are open and borrowed. */
    boolean isBusy() {
        Lending current = lending;
        return current != null && current.isBusy();
    }

    private synchronized boolean publish(Lending started) {
        if (!stopped) {
            lending = started;
        }
        return !stopped;
    }

    private synchronized @Nullable Lending retire() {
        Lending ended = lending;
        stopped = true;
        lending = null;
        return ended;
    }

    private static <T extends @Nullable Object> List<T> rows(PreparedStatement statement, SqlFunction<ResultSet, T> row)
            throws SQLException {
        List<T> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(row.apply(result));
            }
        }
        return rows;
    }
}
