package dev.chassis.messaging;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The queues in which retries and dead letters of one consumer wait. A message that expires in a retry queue goes back to the consumer's
 * queue through the default exchange, so that only this consumer sees it again. Immutable.
 *
 * @param mode what the broker can do
 */
record RetryQueues(ConsumerSettings settings, RetryMode mode) {

    /** What this broker needs, by what it says of itself. */
    static RetryQueues on(Connection connection, ConsumerSettings settings) {
        return new RetryQueues(settings, RetryMode.choose(Broker.of(connection), settings.nativeRetry()));
    }

    /** How long a delivery waits that has failed this often, at least as long as the handler asked for if there is such a queue. */
    Duration delay(Verdict verdict, int attempt) {
        List<Duration> delays = settings.delays();
        Duration asked = verdict.delay();
        if (asked == null) {
            return delays.get(Math.min(attempt, delays.size()) - 1);
        }
        if (mode == RetryMode.MEMORY) {
            return asked;
        }
        return delays.stream()
                .filter(delay -> delay.compareTo(asked) >= 0)
                .min(Duration::compareTo)
                .orElseGet(() -> delays.stream().max(Duration::compareTo).orElseThrow());
    }

    /**
     * Declares them, on a channel that is thrown away because a refused declaration closes it. Blocks for a round trip each.
     *
     * @throws IOException if the broker refuses one, for example because it exists with other arguments
     */
    void declare(Connection connection) throws IOException {
        if (!settings.declares()) {
            return;
        }
        boolean safe = RetryMode.deadLettersAtLeastOnce(Broker.of(connection));
        Channel channel = Link.channel(connection);
        try {
            channel.queueDeclare(settings.deadQueue(), true, false, false, safe ? forEver(connection) : Map.of());
            if (mode == RetryMode.LADDER) {
                for (Duration delay : settings.delays()) {
                    channel.queueDeclare(settings.retryQueue(delay), true, false, false, arguments(delay, safe));
                }
            }
        } finally {
            Channels.abort(channel);
        }
    }

    /** One line for the log: what was found, and what follows from it. */
    String certificate(Connection connection) {
        String how = switch (mode) {
            case NATIVE -> "rejected and delayed by the queue itself";
            case LADDER -> "kept in retry queues for " + settings.delays();
            case MEMORY -> "kept in memory for " + settings.delays();
        };
        return "retries on " + Broker.of(connection) + ": " + mode + ", " + how + "; after " + settings.maxAttempts()
                + " attempts to " + settings.deadQueue();
    }

    /** At-least-once dead-lettering needs a quorum queue that refuses when it is full (rabbitmq.com/docs/quorum-queues). */
    private Map<String, Object> arguments(Duration delay, boolean safe) {
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("x-message-ttl", delay.toMillis());
        arguments.put("x-dead-letter-exchange", "");
        arguments.put("x-dead-letter-routing-key", settings.queue());
        if (safe) {
            arguments.putAll(quorum());
            arguments.put("x-dead-letter-strategy", "at-least-once");
            arguments.put("x-overflow", "reject-publish");
        }
        return arguments;
    }

    /**
     * Whoever looks at a dead letter has it delivered and gives it back, which from RabbitMQ 4.0 on a queue allows 20 times, and then drops
     * it, unless the limit is −1 (rabbitmq.com/docs/quorum-queues, "Poison Message Handling").
     */
    private static Map<String, Object> forEver(Connection connection) {
        Map<String, Object> arguments = new HashMap<>(quorum());
        if (Broker.of(connection).isRabbit(4, 0)) {
            arguments.put("x-delivery-limit", -1);
        }
        return arguments;
    }

    private static Map<String, Object> quorum() {
        return Map.of("x-queue-type", "quorum");
    }

    /** Whether a person must end this: access refused, not found, other arguments (AMQP 0-9-1, section 1.2). 405, locked, passes. */
    static boolean isConfigurationFault(Throwable failure) {
        if (failure instanceof TopologyException) {
            return true;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ShutdownSignalException signal) {
                int code = Channels.code(signal);
                return code == 403 || code == 404 || code == 406 && !Channels.isTimeout(signal);
            }
        }
        return false;
    }
}
