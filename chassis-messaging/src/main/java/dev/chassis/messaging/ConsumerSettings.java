package dev.chassis.messaging;

import dev.chassis.health.HealthCheck;
import dev.chassis.time.Backoff;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of one consumer, resolved. Immutable.
 *
 * @param delays how long a failed delivery waits, by attempt; the last one for all further ones
 * @param nativeRetry whether the queue delays rejected deliveries itself, on a broker that can
 * @param declares whether we declare the queues for retries and dead letters
 * @param gate what pauses it; null for nothing
 * @param reconnect how long it waits before it opens a channel again
 * @param calm the same where a person must put something right
 */
record ConsumerSettings(
        String name,
        String queue,
        int concurrency,
        int prefetch,
        Duration handlerTimeout,
        int maxAttempts,
        List<Duration> delays,
        boolean nativeRetry,
        boolean declares,
        @Nullable HealthCheck gate,
        Backoff reconnect,
        Backoff calm,
        Duration confirmTimeout) {

    /** Acknowledgements are sent when so many of the prefetched deliveries have one; 5 to 10 % serve best (RabbitMQ docs, "Confirms"). */
    private static final int ACK_SHARE = 10;

    /** More than these keep the broker from sending: then nothing waits for others any more. */
    private static final int WAITING_SHARE = 2;

    /** How many acknowledgements are sent together, if there are so many within a few milliseconds. */
    int ackedTogether() {
        return Math.max(1, prefetch / ACK_SHARE);
    }

    /** How many may wait for a delivery that is still open, so that one frame does for all of them. */
    int ackedAtMost() {
        return Math.max(1, prefetch / WAITING_SHARE);
    }

    String deadQueue() {
        return queue + ".dead";
    }

    /** The queue in which a delivery waits this long. */
    String retryQueue(Duration delay) {
        return queue + ".retry." + shortened(delay);
    }

    /** {@code 200ms}, {@code 5s}, {@code 2m}: names are for people. */
    private static String shortened(Duration delay) {
        long millis = delay.toMillis();
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }
}
