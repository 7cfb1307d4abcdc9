package dev.chassis.outbox;

import dev.chassis.context.Correlation;
import dev.chassis.messaging.Message;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;

/** The table of messages. Thread-safe: it has no state. */
final class Rows {

    private static final String INSERT =
            "insert into chassis_outbox (partition_no, message_key, message_id, exchange, routing_key,"
                    + " content_type, headers, expiration_ms, correlation_id, trace_id, body) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    // A row that waits for its next attempt holds back its key. "next_at > 0" is what the partial index of PostgreSQL
    // is about.
    private static final String READ =
            "(select " + Row.COLUMNS + " from chassis_outbox where partition_no = ? and message_key not in"
                    + " (select message_key from chassis_outbox where next_at > 0 and next_at > :now) order by id limit ?)";

    private static final int MAX_ERROR = 500;

    private final DataSource database;
    private final Dialect dialect;

    Rows(DataSource database, Dialect dialect) {
        this.database = database;
        this.dialect = dialect;
    }

    /** Adds a row in the transaction of this connection. */
    static void insert(Connection connection, String exchange, String routingKey, String key, Message message)
            throws SQLException {
        Correlation correlation = Correlation.current();
        Sql.update(
                connection,
                INSERT,
                Partitions.of(key),
                key,
                message.id(),
                exchange,
                routingKey,
                message.contentType(),
                HeaderText.encode(message.headers()),
                message.expiration().map(Duration::toMillis).orElse(null),
                correlation == null ? null : correlation.id(),
                correlation == null ? null : correlation.traceId(),
                message.body());
    }

    /** The first rows of these partitions whose keys nothing holds back, in order; at most about {@code limit}. */
    List<Row> read(Collection<Integer> partitions, int limit) throws SQLException {
        if (partitions.isEmpty()) {
            return List.of();
        }
        try (Connection connection = database.getConnection()) {
            return read(connection, partitions, limit);
        }
    }

    List<Row> read(Connection connection, Collection<Integer> partitions, int limit) throws SQLException {
        int each = Math.max(1, limit / partitions.size());
        List<Object> parameters = new ArrayList<>();
        for (Integer partition : partitions) {
            parameters.add(partition);
            parameters.add(each);
        }
        String sql = dialect.sql(String.join(" union all ", Collections.nCopies(partitions.size(), READ)));
        List<Row> rows = Sql.query(connection, sql, Row::of, parameters.toArray());
        rows.sort(Comparator.comparingLong(Row::id)); // a union has no order of its own
        return rows;
    }

    /** Deletes what the broker has. */
    void delete(Collection<Long> ids) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Sql.update(
                    connection,
                    "delete from chassis_outbox where id in (" + Sql.marks(ids.size()) + ")",
                    ids.toArray());
        }
    }

    /** Counts a failed attempt, and holds the row and its key back for this long. */
    void postpone(Row row, Duration pause, String error) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Sql.update(
                    connection,
                    dialect.sql("update chassis_outbox set attempts = attempts + 1, next_at = :now + ?, last_error = ?"
                            + " where id = ?"),
                    pause.toMillis(),
                    error.substring(0, Math.min(MAX_ERROR, error.length())),
                    row.id());
        }
    }

    /** Looks at the whole table, whoever its partitions belong to. */
    Waiting waiting() throws SQLException {
        try (Connection connection = database.getConnection()) {
            long rows = number(
                    connection,
                    "select count(*) from (select 1 from chassis_outbox limit " + Waiting.MANY + ") counted");
            long age =
                    number(connection, dialect.sql("select :now - created_at from chassis_outbox order by id limit 1"));
            long stuck = number(
                    connection,
                    "select count(*) from chassis_outbox where next_at > 0 and attempts >= " + Waiting.STUCK_ATTEMPTS);
            return new Waiting(rows, Duration.ofMillis(Math.max(0, age)), stuck);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        List<Long> found = Sql.query(connection, sql, row -> row.getLong(1));
        return found.isEmpty() ? 0 : found.get(0);
    }
}
