package dev.chassis.outbox;

import dev.chassis.context.Correlation;
import dev.chassis.messaging.Message;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that waits. Immutable.
 *
 * @param id its place in the order
 * @param attempts how many have failed
 * @param correlation of the work that added it; null if there was none
 * @param bare the message without its headers
 * @param headers as text
 */
record Row(
        long id,
        int partition,
        String key,
        String exchange,
        String routingKey,
        int attempts,
        @Nullable Correlation correlation,
        Message bare,
        String headers) {

    static final String COLUMNS =
            "id, partition_no, message_key, message_id, exchange, routing_key, content_type, headers,"
                    + " expiration_ms, correlation_id, trace_id, body, attempts";

    static Row of(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getInt("partition_no"),
                row.getString("message_key"),
                row.getString("exchange"),
                row.getString("routing_key"),
                row.getInt("attempts"),
                correlation(row),
                bare(row),
                row.getString("headers"));
    }

    private static @Nullable Correlation correlation(ResultSet row) throws SQLException {
        String id = row.getString("correlation_id");
        String traceId = row.getString("trace_id");
        return id == null || traceId == null ? null : new Correlation(id, traceId);
    }

    /**
     * What is to be published.
     *
     * @throws RuntimeException if somebody has written headers into the table that are none
     */
    Message message() {
        Message message = bare;
        for (Map.Entry<String, Object> header : HeaderText.decode(headers).entrySet()) {
            message = message.withHeader(header.getKey(), header.getValue());
        }
        return message;
    }

    private static Message bare(ResultSet row) throws SQLException {
        Message message =
                Message.of(row.getBytes("body"), row.getString("content_type")).withId(row.getString("message_id"));
        long expiration = row.getLong("expiration_ms");
        return row.wasNull() ? message : message.withExpiration(Duration.ofMillis(expiration));
    }
}
