package dev.chassis.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Asks a server how many connections it allows. Stateless. */
final class ServerLimits {

    private static final String POSTGRESQL = "SELECT current_setting('max_connections')::int,"
            + " current_setting('superuser_reserved_connections')::int"
            // Since PostgreSQL 16.
            + " + coalesce(current_setting('reserved_connections', true)::int, 0)";
    private static final String MARIADB = "SELECT @@max_connections, 0"; // the one for SUPER is beyond max_connections

    private ServerLimits() {}

    /**
     * What the server allows; empty for a database that has no such limit.
     *
     * @throws SQLException if it does not say
     */
    static Optional<Budget.Limits> ask(Connection connection, Database database) throws SQLException {
        return switch (database) {
            case POSTGRESQL -> Optional.of(ask(connection, POSTGRESQL));
            case MARIADB, MYSQL -> Optional.of(ask(connection, MARIADB));
            case H2, OTHER -> Optional.empty();
        };
    }

    private static Budget.Limits ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new Budget.Limits(row.getInt(1), row.getInt(2));
        }
    }
}
