package dev.chassis.jdbc;

import dev.chassis.health.Health;
import dev.chassis.health.HealthCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Borrows a connection and pings with it. Stateless. */
final class PingCheck implements HealthCheck {

    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final JdbcPool pool;
    private final JdbcConfig config;

    PingCheck(JdbcPool pool, JdbcConfig config) {
        this.pool = pool;
        this.config = config;
    }

    @Override
    public String name() {
        return pool.name();
    }

    @Override
    public boolean critical() {
        return config.critical();
    }

    @Override
    public Duration timeout() {
        return config.borrowTimeout().plusSeconds(Opening.seconds(config)).plus(MARGIN);
    }

    @Override
    public Health check() throws SQLException {
        try (Connection connection = pool.borrow()) {
            return connection.isValid(Opening.seconds(config)) ? Health.up() : Health.down("no answer to a ping");
        } catch (PoolExhaustedException e) {
            String reason = String.valueOf(e.getMessage());
            return pool.isBusy() ? Health.degraded(reason) : Health.down(reason);
        }
    }
}
