package dev.chassis.messaging;

/** How failed deliveries are tried again: what the broker can do decides. */
enum RetryMode {
    /** A quorum queue of RabbitMQ 4.3 or later delays what is rejected (rabbitmq.com/docs/quorum-queues, "Delayed retry"). */
    NATIVE,
    /** They wait in queues whose messages expire into the consumer's queue (rabbitmq.com/docs/dlx, rabbitmq.com/docs/ttl). */
    LADDER,
    /** They wait here, unacknowledged: for a broker of which we do not know that it can dead-letter. */
    MEMORY;

    /** What to do with this broker. */
    static RetryMode choose(Broker broker, boolean queueIsNative) {
        if (!broker.isRabbit(0, 0)) {
            return MEMORY;
        }
        return queueIsNative && broker.isRabbit(4, 3) ? NATIVE : LADDER;
    }

    /** Whether quorum queues confirm internally what they dead-letter, so that an expiring retry cannot get lost. */
    static boolean deadLettersAtLeastOnce(Broker broker) {
        return broker.isRabbit(3, 10);
    }
}
