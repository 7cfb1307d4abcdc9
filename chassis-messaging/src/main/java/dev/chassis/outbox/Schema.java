package dev.chassis.outbox;

import dev.chassis.lifecycle.TransientFailureException;
import dev.chassis.messaging.Message;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Finds out whether the tables are what we think, by using them in a transaction that is rolled back. Stateless. */
final class Schema {

    private Schema() {}

    /**
     * Tries the tables.
     *
     * @throws IllegalStateException if they are missing or different
     * @throws TransientFailureException if the database cannot be asked now
     */
    static Dialect verify(DataSource database) {
        try (Connection connection = database.getConnection()) {
            Dialect dialect = Dialect.of(connection);
            connection.setAutoCommit(false);
            try {
                tryMessages(connection, dialect, database);
                tryLeases(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            return dialect;
        } catch (SQLException e) {
            throw classed(e);
        }
    }

    private static void tryMessages(Connection connection, Dialect dialect, DataSource database) throws SQLException {
        String key = "verify-" + UUID.randomUUID();
        Rows.insert(
                connection, "", "", key, Message.of(new byte[] {1}, "verify").withHeader("a", 1));
        new Rows(database, dialect).read(connection, List.of(Partitions.of(key)), 1);
        boolean found = Sql.query(
                        connection,
                        "select " + Row.COLUMNS + " from chassis_outbox where partition_no = ? and message_key = ?",
                        Row::of,
                        Partitions.of(key),
                        key)
                .stream()
                .anyMatch(row -> row.message().headers().equals(Map.of("a", 1)));
        if (!found) {
            throw different("a row of chassis_outbox does not come back as it was written", null);
        }
    }

    private static void tryLeases(Connection connection) throws SQLException {
        Set<Integer> found = new HashSet<>(Sql.query(
                connection,
                "select partition_no, owner, expires_at from chassis_outbox_partition",
                row -> row.getInt(1)));
        if (!found.equals(IntStream.range(0, Partitions.COUNT).boxed().collect(Collectors.toSet()))) {
            throw different("chassis_outbox_partition has the rows " + found, null);
        }
        Sql.query(connection, "select owner, expires_at from chassis_outbox_relay", row -> row.getString(1));
    }

    /** Classes 08, 53 and 57 are about connections and resources, 40 about others at the same time (ISO 9075; PostgreSQL, Appendix A). */
    private static RuntimeException classed(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        boolean passing = e instanceof SQLTransientException
                || Set.of("08", "53", "57", "40").contains(state.substring(0, Math.min(2, state.length())));
        return passing
                ? new TransientFailureException("the tables of the outbox cannot be verified now: " + e.getMessage(), e)
                : different(String.valueOf(e.getMessage()), e);
    }

    private static IllegalStateException different(String found, @Nullable SQLException cause) {
        return new IllegalStateException(
                "the tables of the outbox are missing or different: " + found
                        + " (expected: what dev/chassis/outbox/postgresql.sql, mariadb.sql or h2.sql creates, as a migration of the service)",
                cause);
    }
}
