package dev.chassis.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Begin, commit, roll back. Stateless. */
final class Transactions {

    private Transactions() {}

    static <R extends @Nullable Object> R run(DataSource source, SqlFunction<Connection, R> work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false); // the pool puts it back when the connection is returned
            R result = undoOnFailure(connection, work);
            connection.commit();
            return result;
        }
    }

    private static <R extends @Nullable Object> R undoOnFailure(Connection connection, SqlFunction<Connection, R> work)
            throws SQLException {
        try {
            return work.apply(connection);
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(connection, e);
            throw e;
        }
    }

    private static void rollBack(Connection connection, Throwable reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
