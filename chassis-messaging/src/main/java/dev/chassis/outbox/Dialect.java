package dev.chassis.outbox;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Where databases differ: how they tell the time. All times are the database's, in milliseconds since 1970, so that the clocks of tasks do
 * not matter. Each is the time at which the statement began, in UTC: a time zone that turns its clock back would prolong leases.
 */
enum Dialect {
    POSTGRESQL("PostgreSQL", "cast(extract(epoch from statement_timestamp()) * 1000 as bigint)"),
    MARIADB("MariaDB", "timestampdiff(microsecond, '1970-01-01 00:00:00', utc_timestamp(3)) div 1000"),
    H2("H2", "cast(extract(epoch from current_timestamp) * 1000 as bigint)");

    private final String product;
    private final String now;

    Dialect(String product, String now) {
        this.product = product;
        this.now = now;
    }

    /**
     * The dialect of the database at the other end.
     *
     * @throws IllegalStateException if it is none of these
     */
    static Dialect of(Connection connection) throws SQLException {
        String found = connection.getMetaData().getDatabaseProductName();
        for (Dialect dialect : values()) {
            if (dialect.product.equals(found)) {
                return dialect;
            }
        }
        throw new IllegalStateException(
                "the outbox is in a database of " + found + " (expected: PostgreSQL, MariaDB or H2)");
    }

    /** The statement with the present time for each {@code :now}. */
    String sql(String statement) {
        return statement.replace(":now", now);
    }
}
