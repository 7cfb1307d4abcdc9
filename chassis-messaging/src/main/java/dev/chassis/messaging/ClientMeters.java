package dev.chassis.messaging;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.impl.MicrometerMetricsCollector;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The client's own meters, with deliveries counted more cheaply, and right. It keeps every tag that is not acknowledged in a tree, under a
 * lock, though a channel numbers them without gaps (AMQP 0-9-1, section 1.8.3.13), so that a bit each is enough, and nothing when they
 * arrive; and one {@code nack} counts all deliveries before it as rejected, too. We never give back more than one with it.
 *
 * <p>Thread-safe. A channel's settlements come from one thread, its settler.
 */
final class ClientMeters extends MicrometerMetricsCollector {

    private final Map<Channel, Settled> settled = new ConcurrentHashMap<>();

    ClientMeters(MeterRegistry registry, String connection, String role) {
        super(registry, "rabbitmq", "connection", connection, "role", role);
    }

    @Override
    public void consumedMessage(Channel channel, long tag, String consumerTag) {
        markConsumedMessage();
    }

    @Override
    public void consumedMessage(Channel channel, long tag, boolean autoAck) {
        markConsumedMessage();
    }

    @Override
    public void basicAck(Channel channel, long tag, boolean andAllBefore) {
        getAcknowledgedMessages().increment(settle(channel, tag, andAllBefore));
    }

    @Override
    public void basicReject(Channel channel, long tag, boolean requeue) {
        settle(channel, tag, false);
        markRejectedMessage(requeue);
    }

    @Override
    public void basicNack(Channel channel, long tag, boolean requeue) {
        basicReject(channel, tag, requeue);
    }

    @Override
    public void closeChannel(Channel channel) {
        settled.remove(channel);
        super.closeChannel(channel);
    }

    private int settle(Channel channel, long tag, boolean andAllBefore) {
        return settled.computeIfAbsent(channel, unknown -> new Settled()).settle(tag, andAllBefore);
    }

    /** Which deliveries of one channel have been settled: all below {@code base}, and those whose bit is set, from there. */
    private static final class Settled {

        private final BitSet above = new BitSet();
        private long base = 1;

        /** Returns how many were not before. */
        int settle(long tag, boolean andAllBefore) {
            int index = Math.toIntExact(tag - base);
            int before = above.cardinality();
            above.set(andAllBefore ? 0 : index, index + 1);
            int now = above.cardinality() - before;
            int spent = above.nextClearBit(0);
            AckLedger.dropFirst(above, spent);
            base += spent;
            return now;
        }
    }
}
