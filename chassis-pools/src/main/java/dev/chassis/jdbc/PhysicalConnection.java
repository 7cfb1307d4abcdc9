package dev.chassis.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A connection of the driver that tells when it is closed and says of a commit that was cut off that its outcome is unknown. It lies below the
 * pool, one for each session, so that whatever framework uses the pool gets the same exception. As thread-safe as the driver's.
 */
final class PhysicalConnection extends ForwardingConnection {

    private final Consumer<PhysicalConnection> onClosed;

    PhysicalConnection(Connection raw, Consumer<PhysicalConnection> onClosed) {
        super(raw);
        this.onClosed = onClosed;
    }

    /** Ends the session without a goodbye. Whatever happens, it counts as closed then. */
    void abort() {
        try {
            abort(Runnable::run);
        } catch (SQLException e) {
            // It is being given up; a driver that cannot even do that has nothing left to free.
        }
    }

    @Override
    public void commit() throws SQLException {
        try {
            super.commit();
        } catch (SQLException e) {
            throw outcome(e);
        }
    }

    /** Commits what is open where it is switched on, as {@link Connection} says. */
    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        try {
            super.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            throw autoCommit ? outcome(e) : e;
        }
    }

    @Override
    public void close() throws SQLException {
        try {
            super.close();
        } finally {
            onClosed.accept(this);
        }
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        try {
            super.abort(executor);
        } finally {
            onClosed.accept(this);
        }
    }

    /** Drivers look at themselves only. */
    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(raw) ? type.cast(raw) : super.unwrap(type);
    }

    /** The driver's, which is what people know from its own messages. */
    @Override
    public String toString() {
        return raw.toString();
    }

    private static SQLException outcome(SQLException failure) {
        return SqlStates.isConnectionLost(failure) ? new OutcomeUnknownException(failure) : failure;
    }
}
