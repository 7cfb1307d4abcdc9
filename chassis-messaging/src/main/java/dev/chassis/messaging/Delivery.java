package dev.chassis.messaging;

import java.util.Map;

/**
 * A message as a handler gets it. Immutable; the body is not copied, so handlers do not change it.
 *
 * @param payload the body, decoded
 * @param <T> what the body is decoded to: {@code byte[]} for as it is
 * @param messageId empty if the publisher has set none
 * @param contentType empty if the publisher has set none
 * @param exchange where it was published to; empty for the default exchange
 * @param routingKey what it was published with
 * @param queue where it was taken from
 * @param attempt 1 the first time it is handled, as far as the broker and our own headers tell
 * @param redelivered whether the broker may have delivered it before
 * @param headers all of them, ours included
 */
public record Delivery<T>(
        T payload,
        String messageId,
        String contentType,
        String exchange,
        String routingKey,
        String queue,
        int attempt,
        boolean redelivered,
        Map<String, Object> headers) {}
