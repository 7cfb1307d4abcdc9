package dev.chassis.jdbc;

import java.sql.SQLException;

/**
 * A function that talks to a database.
 *
 * @param <A> what it is given
 * @param <R> what it returns
 */
@FunctionalInterface
public interface SqlFunction<A, R> {

    /**
     * Does it.
     *
     * @throws SQLException if the database or the way to it fails
     */
    R apply(A argument) throws SQLException;
}
