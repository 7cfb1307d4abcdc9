package dev.chassis.messaging;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.chassis.context.Correlation;
import dev.chassis.context.CorrelationHeaders;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;

/**
 * The properties every message has (AMQP 0-9-1, section 1.8.1, basic content properties): persistent, message-id, content type, timestamp,
 * app-id; the correlation id as the property of that name, and the trace as the header {@code traceparent} (W3C Trace Context, section 3.2),
 * both minted where there is no correlation.
 */
final class Envelope {

    private static final int PERSISTENT = 2;

    private Envelope() {}

    /** The properties of a message that is published now, by the calling thread. */
    static BasicProperties of(Message message, String appId) {
        Correlation current = Correlation.current();
        Correlation correlation = current == null ? Correlation.mint() : current;
        Map<String, Object> headers = new HashMap<>(message.headers());
        headers.putIfAbsent(CorrelationHeaders.TRACEPARENT, correlation.traceparent());
        BasicProperties.Builder properties = new BasicProperties.Builder()
                .contentType(message.contentType())
                .deliveryMode(PERSISTENT)
                .messageId(message.id())
                .timestamp(new Date())
                .appId(appId)
                .correlationId(correlation.id())
                .headers(headers);
        message.expiration().ifPresent(after -> properties.expiration(Long.toString(after.toMillis())));
        return properties.build();
    }
}
