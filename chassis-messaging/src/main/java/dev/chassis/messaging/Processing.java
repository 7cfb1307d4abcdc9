package dev.chassis.messaging;

import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done with every delivery of one consumer: decoded, handled, logged, its verdict passed on. Thread-safe.
 *
 * @param verdicts where verdicts go
 */
record Processing<T>(
        ConsumerSettings settings,
        Decoder<T> decoder,
        DeliveryHandler<T> handler,
        ConsumerStats stats,
        BiConsumer<Work<T>, Verdict> verdicts) {

    private static final Logger LOG = LoggerFactory.getLogger(Consumer.class);

    /**
     * The delivery as handlers see it.
     *
     * @throws UndecodableException if its body is not what it should be
     */
    Delivery<T> decode(Incoming incoming) throws UndecodableException {
        T payload = decoder.decode(incoming.body());
        boolean back = isBack(incoming);
        String exchange = back ? incoming.text(FailureHeaders.EXCHANGE) : null;
        String routingKey = back ? incoming.text(FailureHeaders.ROUTING_KEY) : null;
        Map<String, Object> headers = Values.plain(incoming.rawHeaders());
        return new Delivery<>(
                payload,
                incoming.messageId(),
                incoming.contentType(),
                exchange == null ? incoming.envelope().getExchange() : exchange,
                routingKey == null ? incoming.envelope().getRoutingKey() : routingKey,
                settings.queue(),
                incoming.attempt(),
                incoming.envelope().isRedeliver(),
                headers);
    }

    /** Calls the handler. */
    Outcome handle(Delivery<T> delivery) throws Exception {
        Timer timer = stats.handlerTime();
        if (timer == null) {
            return handler.handle(delivery);
        }
        long began = System.nanoTime();
        try {
            return handler.handle(delivery);
        } finally {
            timer.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        }
    }

    void settle(Work<T> work, Verdict verdict) {
        verdicts.accept(work, verdict);
    }

    /** Called under the delivery's correlation. Somebody else's exception may fail to print itself; that costs its stack, and no more. */
    void log(Incoming incoming, Verdict verdict) {
        if (verdict.kind() == Verdict.Kind.ACK || verdict.kind() == Verdict.Kind.RETURN) {
            return;
        }
        try {
            warn(incoming, verdict, verdict.failure());
        } catch (RuntimeException | Error broken) {
            warn(incoming, verdict, null);
        }
    }

    private void warn(Incoming incoming, Verdict verdict, @Nullable Throwable failure) {
        LOG.warn(
                "{}: message {} failed in attempt {} of {} ({}): {}",
                settings.name(),
                incoming.messageId(),
                incoming.attempt(),
                settings.maxAttempts(),
                verdict.kind(),
                FailureHeaders.shortened(verdict.reason(), FailureHeaders.MAX_MESSAGE),
                failure);
    }

    /** A handler has come back after its time was over. */
    void late(Incoming incoming, Verdict verdict) {
        stats.late();
        LOG.warn(
                "{}: message {}: the handler came back after {} with {}; the outcome is dropped",
                settings.name(),
                incoming.messageId(),
                settings.handlerTimeout(),
                verdict.kind());
    }

    /** Whether it comes from one of our own queues, so that where it was published to first is in its headers. */
    private boolean isBack(Incoming incoming) {
        return incoming.envelope().getExchange().isEmpty()
                && incoming.envelope().getRoutingKey().equals(settings.queue());
    }
}
