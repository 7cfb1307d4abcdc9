package dev.chassis.example.games;

import dev.chassis.jdbc.JdbcPool;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.TransientFailureException;
import dev.chassis.time.Deadline;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * Brings the tables up to date before anybody uses them: the SQL of {@code db/migration}, by Flyway, on connections of the pool, two at a
 * time. Tasks that start at once take turns, by a lock of the database. A statement has {@code chassis.jdbc.socket-timeout}.
 *
 * <p>Old tasks run on the new tables while a deployment rolls: a migration may add, and take away only what no running version uses.
 *
 * <p>Stateless.
 */
final class Schema implements Component {

    /** The schema of all tables. */
    private static final String NAME = "games";

    private final JdbcPool db;

    Schema(JdbcPool db) {
        this.db = db;
    }

    @Override
    public String name() {
        return "schema";
    }

    @Override
    public List<Component> dependsOn() {
        return List.of(db);
    }

    @Override
    public void start(Deadline deadline) {
        try {
            Flyway.configure().dataSource(db.dataSource()).schemas(NAME).load().migrate();
        } catch (FlywayException e) {
            throw isPassing(e) ? new TransientFailureException("the database went away during a migration", e) : e;
        }
    }

    @Override
    public void stop(Deadline deadline) {}

    /** Connection exceptions (class 08) and operator intervention (57P): PostgreSQL, Appendix A, Error Codes. */
    private static boolean isPassing(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String state = cause instanceof SQLException sql ? sql.getSQLState() : null;
            if (state != null && (state.startsWith("08") || state.startsWith("57P"))) {
                return true;
            }
        }
        return false;
    }
}
