package dev.chassis.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.chassis.time.Deadline;
import dev.chassis.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A running HikariCP: the only class that knows it, beside {@link WriterChange}. Thread-safe. */
final class Lending {

    private static final Duration CLOSE_SHARE = Duration.ofSeconds(1);

    /** What HikariCP may take, on a busy machine, to put a connection into use that it has just got. */
    private static final Duration PUTTING_INTO_USE = Duration.ofSeconds(1);

    private static final Duration LOOKING_AGAIN = Duration.ofMillis(50);

    private final String pool;
    private final JdbcConfig config;
    private final Connector connector;
    private final Feed feed;
    private final HikariDataSource hikari;
    private final Holders holders = new Holders();

    /** Starts lending the connections of {@code feed}. Does not connect by itself. */
    Lending(String pool, JdbcConfig config, Connector connector, Feed feed, @Nullable MeterRegistry registry) {
        this.pool = pool;
        this.config = config;
        this.connector = connector;
        this.feed = feed;
        HikariConfig settings = settings(pool, config, feed);
        settings.setExceptionOverride(new WriterChange(pool, config.readOnly(), Ticker.system(), this::renew));
        if (registry != null) {
            settings.setMetricRegistry(registry);
        }
        this.hikari = new HikariDataSource(settings);
    }

    /** Every number is known to be one that HikariCP takes as it is: {@link Rules}. */
    private static HikariConfig settings(String pool, JdbcConfig config, Feed feed) {
        HikariConfig settings = new HikariConfig();
        settings.setPoolName(pool);
        settings.setDataSource(feed);
        settings.setMaximumPoolSize(config.maxSize());
        settings.setMinimumIdle(config.minIdle().orElse(config.maxSize()));
        settings.setConnectionTimeout(config.borrowTimeout().toMillis());
        settings.setValidationTimeout(config.validationTimeout().toMillis());
        settings.setMaxLifetime(config.maxLifetime().toMillis());
        settings.setKeepaliveTime(config.keepalive().toMillis());
        settings.setLeakDetectionThreshold(config.leakThreshold().toMillis());
        settings.setReadOnly(config.readOnly());
        settings.setInitializationFailTimeout(
                -1); // who connects first, and what a failure means, is decided by Opening
        if (settings.getMinimumIdle() < settings.getMaximumPoolSize()) {
            settings.setIdleTimeout(config.idleTimeout().toMillis());
        }
        return settings;
    }

    /**
     * Borrows a connection and gives it back: HikariCP lends from then on. The others of the feed, which are open, it takes one every 30 ms; nobody
     * waits here for that, because who waits for a connection meanwhile gets the next one.
     *
     * @throws SQLException if none can be had in time
     */
    void begin() throws SQLException {
        hikari.getConnection().close();
    }

    /**
     * Lends a connection.
     *
     * @throws PoolExhaustedException if none is free within the borrow time-out
     * @throws SQLException if the thread is interrupted, or the pool closed
     */
    Connection borrow() throws SQLException {
        long began = System.nanoTime();
        try {
            Connection connection = hikari.getConnection();
            if (!config.leakThreshold().isZero()) {
                holders.add(connection);
            }
            return connection;
        } catch (SQLTransientConnectionException e) {
            throw exhausted(e, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    /**
     * Replaces every connection: those that are idle now, the others when they come back. Does not block. One that HikariCP is just putting into
     * use, as it does in the first third of a second, is met by doing it once more.
     */
    void renew() {
        feed.discard();
        state().softEvictConnections();
        if (feed.hasJustGiven(PUTTING_INTO_USE)) {
            CompletableFuture.delayedExecutor(PUTTING_INTO_USE.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> state().softEvictConnections());
        }
    }

    HikariPoolMXBean state() {
        return hikari.getHikariPoolMXBean();
    }

    /** Whether all the connections there may be are open and lent. */
    boolean isBusy() {
        return state().getActiveConnections() >= config.maxSize();
    }

    /** The counters, in words. */
    String counters() {
        HikariPoolMXBean state = state();
        return "total=" + state.getTotalConnections() + "/" + config.maxSize() + ", active="
                + state.getActiveConnections() + ", idle=" + state.getIdleConnections() + ", waiting="
                + state.getThreadsAwaitingConnection();
    }

    /**
     * Gives every session a proper end: idle ones now, borrowed ones when they come back, until little of the deadline is left. Then aborts.
     *
     * @throws IllegalStateException if connections had to be aborted, with those who held them
     */
    void close(Deadline deadline) throws InterruptedException {
        connector.refuse();
        hikari.setMinimumIdle(0);
        Duration reserve = deadline.remaining().dividedBy(4);
        boolean clean = closeAll(deadline.before(reserve.compareTo(CLOSE_SHARE) < 0 ? reserve : CLOSE_SHARE));
        String left = clean ? "" : counters() + named(holders.describe());
        if (!clean) {
            connector.abortAll();
        }
        closeHikari(deadline);
        if (!clean) {
            throw new IllegalStateException(
                    "pool " + pool + ": connections were still borrowed, and were aborted (" + left + ")");
        }
    }

    /** Again and again, because one that HikariCP was just putting into use, or that is given back, is idle only later. */
    private boolean closeAll(Deadline deadline) throws InterruptedException {
        feed.discard();
        boolean clean;
        do {
            state().softEvictConnections();
            clean = connector.awaitNoneOpen(deadline.atMost(LOOKING_AGAIN));
        } while (!clean && !deadline.isExpired());
        return clean;
    }

    /** HikariCP's own end waits for its threads; nobody waits longer for it than the deadline. */
    private void closeHikari(Deadline deadline) throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        Thread closer = new Thread(
                () -> {
                    hikari.close();
                    closed.countDown();
                },
                "close-" + pool);
        closer.setDaemon(true);
        closer.start();
        closed.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    }

    private PoolExhaustedException exhausted(SQLTransientConnectionException e, Duration waited) {
        Throwable cause = e.getCause();
        String failed = cause == null ? "" : "; the last connection failed: " + cause.getMessage();
        return new PoolExhaustedException(
                "pool " + pool + ": no connection within " + waited.toMillis() + " ms (" + counters() + ")" + failed
                        + named(holders.describe()),
                e.getSQLState(),
                e.getErrorCode(),
                cause);
    }

    private static String named(String held) {
        return held.isEmpty() ? "" : "; held by " + held;
    }
}
