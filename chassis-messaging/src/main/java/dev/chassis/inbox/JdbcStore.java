package dev.chassis.inbox;

import dev.chassis.lifecycle.TransientFailureException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A table in the database of the work, so that the note and the effect are one transaction: exactly once. Thread-safe: it has no state.
 *
 * <p>The primary key does it. Who comes second while the first has not committed waits in its insert for how that ends; databases that do not
 * wait for ever make it fail, and the delivery is tried again.
 */
final class JdbcStore implements InboxStore<Connection> {

    private static final String ROW = "into chassis_inbox (consumer, message_id, handled_at) values (?, ?, ?)";

    private static final int FORGET_AT_ONCE = 1_000;

    private final DataSource database;

    JdbcStore(DataSource database) {
        this.database = database;
    }

    @Override
    public Result run(String consumer, String messageId, InboxWork<Connection> work) throws Exception {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Result result = runIn(connection, consumer, messageId, work);
                end(connection, result == Result.HANDLED);
                return result;
            } catch (Exception | Error e) {
                undo(connection, e);
                throw e;
            }
        }
    }

    /** With {@link Result#UNDONE} the caller is to roll back: the note is in the transaction. */
    @Override
    public Result runIn(Connection connection, String consumer, String messageId, InboxWork<Connection> work)
            throws Exception {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException("the connection commits by itself (expected: one in a transaction)");
        }
        if (!isFirst(connection, consumer, messageId)) {
            return Result.DUPLICATE;
        }
        return work.run(connection) ? Result.HANDLED : Result.UNDONE;
    }

    /** Uses the table in a transaction that is rolled back: ids that look alike must not be taken for each other. */
    @Override
    public void verify() {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                tryTable(connection);
            } finally {
                end(connection, false);
            }
        } catch (SQLException e) {
            throw classed(e);
        }
    }

    @Override
    public long forget(Duration retention) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Long oldest = upTo(connection, System.currentTimeMillis() - retention.toMillis());
            if (oldest == null) {
                return 0;
            }
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from chassis_inbox where handled_at <= ?")) {
                delete.setLong(1, oldest);
                return delete.executeUpdate();
            }
        }
    }

    /** The end of the oldest few, so that one delete is never a long one; null if nothing is old enough. */
    private static @Nullable Long upTo(Connection connection, long before) throws SQLException {
        String sql = "select max(handled_at) from (select handled_at from chassis_inbox where handled_at < ?"
                + " order by handled_at limit " + FORGET_AT_ONCE + ") oldest";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, before);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                long at = row.getLong(1);
                return row.wasNull() ? null : at;
            }
        }
    }

    private static boolean isFirst(Connection connection, String consumer, String messageId) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(insert(connection))) {
            insert.setString(1, consumer);
            insert.setString(2, messageId);
            insert.setLong(3, System.currentTimeMillis());
            return insert.executeUpdate() == 1;
        } catch (SQLException e) {
            if ("23505".equals(e.getSQLState())) { // unique_violation: only H2 comes here
                return false;
            }
            throw e;
        }
    }

    /**
     * PostgreSQL ends the transaction with any failure, so a duplicate must not be one. The driver of MariaDB logs each failure; IGNORE ignores
     * more than duplicates, but nothing that our limits and {@link #tryTable} let through.
     */
    private static String insert(Connection connection) throws SQLException {
        return switch (connection.getMetaData().getDatabaseProductName()) {
            case "PostgreSQL" -> "insert " + ROW + " on conflict do nothing";
            case "MariaDB" -> "insert ignore " + ROW;
            default -> "insert " + ROW;
        };
    }

    private static void tryTable(Connection connection) throws SQLException {
        String consumer = "verify-" + UUID.randomUUID();
        for (String id : List.of("a", "A", "a ", "\u0416", "\u65e5")) {
            if (!isFirst(connection, consumer, id)) {
                throw different("its collation takes \"" + id + "\" for another id", null);
            }
        }
        if (isFirst(connection, consumer, "a")) {
            throw different("it has no primary key (consumer, message_id)", null);
        }
        upTo(connection, 0);
    }

    private static void end(Connection connection, boolean commit) throws SQLException {
        if (commit) {
            connection.commit();
        } else {
            connection.rollback();
        }
        connection.setAutoCommit(true);
    }

    private static void undo(Connection connection, Throwable reason) {
        try {
            end(connection, false);
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    /** Classes 08, 53 and 57 are about connections and resources, 40 about others at the same time (ISO 9075; PostgreSQL, Appendix A). */
    private static RuntimeException classed(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        boolean passing = e instanceof SQLTransientException
                || Set.of("08", "53", "57", "40").contains(state.substring(0, Math.min(2, state.length())));
        return passing
                ? new TransientFailureException("the table of the inbox cannot be verified now: " + e.getMessage(), e)
                : different(String.valueOf(e.getMessage()), e);
    }

    private static IllegalStateException different(String found, @Nullable SQLException cause) {
        return new IllegalStateException(
                "the table chassis_inbox is missing or different: " + found
                        + " (expected: what dev/chassis/inbox/postgresql.sql, mariadb.sql or h2.sql creates, as a migration of the service)",
                cause);
    }
}
