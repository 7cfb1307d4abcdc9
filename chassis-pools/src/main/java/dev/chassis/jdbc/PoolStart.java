package dev.chassis.jdbc;

import dev.chassis.lifecycle.TransientFailureException;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to start a pool: connections are opened, pinged and warmed, the budget is looked at, and then HikariCP gets them. On exception
 * nothing is left. Used by one thread.
 */
final class PoolStart {

    private static final Logger LOG = LoggerFactory.getLogger("dev.chassis.jdbc");

    private final String pool;
    private final String prefix;
    private final JdbcConfig config;
    private final Target target;
    private final Connector connector;
    private final AtomicReference<@Nullable Budget> budget = new AtomicReference<>();

    /**
     * An attempt.
     *
     * @param prefix what the keys begin with, for messages
     * @param supplier asked for credentials for each connection; null for those of the target
     * @throws IllegalArgumentException if there is no driver
     */
    PoolStart(
            String pool,
            String prefix,
            String application,
            JdbcConfig config,
            Target target,
            @Nullable Supplier<JdbcCredentials> supplier) {
        this.pool = pool;
        this.prefix = prefix;
        this.config = config;
        this.target = target;
        Driver driver = Drivers.find(target.url(), config.driver());
        Supplier<JdbcCredentials> fixed = target.credentials()
                .<Supplier<JdbcCredentials>>map(who -> () -> who)
                .orElse(null);
        this.connector = new Connector(driver, target, supplier == null ? fixed : supplier, config, application);
    }

    /**
     * Blocks until the pool is full and warm.
     *
     * @param pooled connections of all pools of this task on the same database
     * @throws TransientFailureException if another attempt makes sense
     * @throws IllegalStateException if it does not, with the reason
     */
    Lending run(Deadline deadline, int pooled, @Nullable MeterRegistry registry) throws InterruptedException {
        int count = config.minIdle().orElse(config.maxSize());
        Database database = Database.of(target.url());
        try {
            List<Connection> opened = new Opening(
                            pool, connector, count, connection -> prepare(connection, database, pooled))
                    .run(deadline);
            Budget known = budget.get();
            if (known != null) {
                judge(known);
            }
            return lend(opened, registry);
        } catch (SQLException e) {
            throw classified(e);
        } catch (InterruptedException | RuntimeException e) {
            connector.refuse();
            connector.abortAll();
            throw e;
        }
    }

    /** The first connection is alone, so it is the one that asks. */
    private Connection prepare(Connection connection, Database database, int pooled) throws SQLException {
        Opening.pingAndWarm(connection, config);
        if (budget.get() == null) {
            Optional<Budget.Limits> limits = ServerLimits.ask(connection, database);
            limits.ifPresent(known -> budget.compareAndSet(null, new Budget(config.budget(), pooled, known)));
        }
        return connection;
    }

    private void judge(Budget known) {
        String line = "connection budget of " + pool + ": " + known.line();
        if (known.fits()) {
            LOG.info("{}", line);
        } else if (config.budget().onExcess() == JdbcConfig.OnExcess.WARN) {
            LOG.warn("{}", line);
        } else {
            throw new IllegalStateException(line + "; lower " + prefix + ".max-size or " + prefix
                    + ".budget.max-tasks, raise max_connections, or set " + prefix + ".budget.on-excess to warn");
        }
    }

    private Lending lend(List<Connection> opened, @Nullable MeterRegistry registry) throws SQLException {
        Lending lending = new Lending(pool, config, connector, new Feed(opened, connector), registry);
        try {
            lending.begin();
            return lending;
        } catch (SQLException | RuntimeException e) {
            abandon(lending);
            throw e;
        }
    }

    private static void abandon(Lending lending) {
        try {
            lending.close(Deadline.after(java.time.Duration.ofSeconds(1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            LOG.debug("A pool that did not start was aborted", e);
        }
    }

    private RuntimeException classified(SQLException e) {
        connector.refuse();
        connector.abortAll();
        SqlStates.Failure failure = SqlStates.ofConnect(e);
        String message =
                "pool " + pool + " cannot connect to " + target.address() + " (" + prefix + ".url): " + failure.words()
                        + ": " + e.getMessage() + " (SQLState " + e.getSQLState() + ", code " + e.getErrorCode() + ")";
        return failure == SqlStates.Failure.PASSING || e instanceof SQLTransientConnectionException
                ? new TransientFailureException(message, e)
                : new IllegalStateException(message, e);
    }
}
