package dev.chassis.jdbc;

import java.sql.SQLNonTransientConnectionException;

/**
 * The connection was lost while a transaction was being committed: it may have been committed or not, and only the data can tell. The
 * chassis never tries such a transaction again; whoever does must know that doing it twice does no harm.
 *
 * <p>Its SQLState is 08007, "transaction resolution unknown" (ISO/IEC 9075-2, class 08). It is what {@code Connection.commit} of a pooled
 * connection throws, so frameworks see it as well.
 */
public final class OutcomeUnknownException extends SQLNonTransientConnectionException {

    /** ISO/IEC 9075-2: connection exception, transaction resolution unknown. */
    static final String SQL_STATE = "08007";

    private static final long serialVersionUID = 1L;

    OutcomeUnknownException(java.sql.SQLException cause) {
        super(
                "The connection was lost during the commit: the transaction may have been committed or not. "
                        + cause.getMessage(),
                SQL_STATE,
                cause.getErrorCode(),
                cause);
    }
}
