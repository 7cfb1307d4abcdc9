package dev.chassis.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Envelope;
import dev.chassis.context.CorrelationHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as the client gives it. Immutable.
 *
 * @param epoch which life of which channel it came by; tags of another one mean nothing, or worse, something else
 * @param before attempts that are not in our own header: counted by the broker, or by this process because nobody else can
 */
record Incoming(long epoch, Envelope envelope, AMQP.BasicProperties properties, byte[] body, int before) {

    private static final String DELIVERY_COUNT = "x-delivery-count";

    long tag() {
        return envelope.getDeliveryTag();
    }

    /** The message-id, empty if there is none. */
    String messageId() {
        return orEmpty(properties.getMessageId());
    }

    String contentType() {
        return orEmpty(properties.getContentType());
    }

    /** AMQP's own property, which publishers of ours set; else the header that HTTP has for it. Null if there is neither. */
    @Nullable
    String correlationId() {
        String property = properties.getCorrelationId();
        return property == null ? text(CorrelationHeaders.CORRELATION_ID) : property;
    }

    /** A header as text, null if it is not there. Reads the client's map as it is, because most are never asked for. */
    @Nullable
    String text(String header) {
        Object value = rawHeaders().get(header);
        return value == null ? null : value.toString();
    }

    /** A header as a number, 0 if it is not there or is none. */
    long number(String header) {
        return rawHeaders().get(header) instanceof Number number ? number.longValue() : 0;
    }

    Map<String, Object> rawHeaders() {
        Map<String, Object> headers = properties.getHeaders();
        return headers == null ? Map.of() : headers;
    }

    /**
     * Which attempt this is, from 1. A negative count in the header, which can only be forged, is none.
     */
    int attempt() {
        long counted = number(FailureHeaders.ATTEMPT);
        return (int) Math.min(Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, Math.max(0, counted)) + before + 1);
    }

    /** The same delivery, on a queue that counts the attempts itself, from 0 (rabbitmq.com/docs/quorum-queues, "Poison Message Handling"). */
    Incoming countedByBroker() {
        int failed = (int) Math.max(0, Math.min(Integer.MAX_VALUE - 1, number(DELIVERY_COUNT)));
        return new Incoming(epoch, envelope, properties, body, failed);
    }

    /** The same delivery, tried once more by this process. */
    Incoming again() {
        return new Incoming(epoch, envelope, properties, body, before + 1);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
