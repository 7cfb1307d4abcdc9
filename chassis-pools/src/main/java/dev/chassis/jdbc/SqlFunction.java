package dev.chassis.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A function that talks to a database.
 *
 * @param <A> what it is given
 * @param <R> what it returns
 */
@FunctionalInterface
public interface SqlFunction<A, R extends @Nullable Object> {

    /**
     * Does it.
     *
     * @throws SQLException if the database or the way to it fails
     */
    R apply(A argument) throws SQLException;
}
