package dev.chassis.jdbc;

import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * No connection could be borrowed in time. The message tells the pool, the time that passed, the counters, what the last attempt to
 * connect failed with and, where leaks are looked for, who holds the connections. Nothing was sent to the database, so another attempt
 * does no harm.
 */
public final class PoolExhaustedException extends SQLTransientConnectionException {

    private static final long serialVersionUID = 1L;

    PoolExhaustedException(String message, @Nullable String state, int vendorCode, @Nullable Throwable cause) {
        super(message, state, vendorCode, cause);
    }
}
