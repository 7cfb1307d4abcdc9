package dev.chassis.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One life of a consumer's channel: from opening to whatever ends it.
 *
 * <ul>
 *   <li>I1: the settler is the only one who uses {@code channel}; the client's threads call the {@link Events} and nothing else.
 *   <li>I2: each tag is settled at most once: by {@link #ack}, {@link #reject} or {@link #giveBack}, whose callers have taken it out of
 *       what is open.
 * </ul>
 */
final class Session {

    private final long epoch;
    private final Channel channel;
    private final ConsumerSettings settings;
    private final RetryMode mode;
    private final Events events;
    private final ConsumerStats stats;
    private final AckLedger ledger = new AckLedger();
    private final long openedNanos = System.nanoTime();
    private final int flushAt;
    private final int flushAllAt;
    private @Nullable String consumerTag;

    private Session(
            long epoch,
            Channel channel,
            ConsumerSettings settings,
            RetryMode mode,
            Events events,
            ConsumerStats stats) {
        this.epoch = epoch;
        this.channel = channel;
        this.settings = settings;
        this.mode = mode;
        this.events = events;
        this.stats = stats;
        this.flushAt = settings.ackedTogether();
        this.flushAllAt = settings.ackedAtMost();
    }

    /**
     * Opens a channel and consumes. On return deliveries may have arrived.
     *
     * @throws IOException if the broker refuses, or has gone; nothing is left open then
     */
    static Session open(
            long epoch, Link link, ConsumerSettings settings, RetryMode mode, Events events, ConsumerStats stats)
            throws IOException {
        Channel channel = Link.channel(link.connection());
        Session session = new Session(epoch, channel, settings, mode, events, stats);
        try {
            channel.addShutdownListener(cause -> events.closed(epoch, cause));
            channel.basicQos(
                    settings.prefetch(), false); // Per consumer: global is refused by quorum queues, and from 4.3.
            session.consume();
            return session;
        } catch (IOException | RuntimeException e) {
            Channels.abort(channel);
            throw e;
        }
    }

    long epoch() {
        return epoch;
    }

    long ageNanos() {
        return System.nanoTime() - openedNanos;
    }

    /** Fetches, with acknowledgement by hand. */
    void consume() throws IOException {
        consumerTag = channel.basicConsume(settings.queue(), false, new Deliveries());
    }

    /** Fetches no more; deliveries that are under way may still arrive. Idempotent. */
    void cancel() throws IOException {
        String tag = consumerTag;
        if (tag != null) {
            consumerTag = null;
            channel.basicCancel(tag);
        }
    }

    /** It is done. Acknowledgements behind an open delivery need a frame each, and mostly it is done in a moment: they wait for it a little. */
    void ack(long tag) throws IOException {
        int waiting = ledger.succeeded(tag);
        if (ledger.ready() >= flushAt) {
            ledger.flushPrefix(channel::basicAck);
            stats.acked();
        } else if (waiting >= flushAllAt) {
            flush();
        }
    }

    /** Whether something is acknowledged of which the broker has not been told. */
    boolean hasUnflushed() {
        return !ledger.isEmpty();
    }

    /** Sends what has waited since the last call of this. */
    void flushOld() throws IOException {
        if (!ledger.isEmpty()) {
            ledger.flushOld(channel::basicAck);
            stats.acked();
        }
    }

    /** Sends what acknowledgements there are. */
    void flush() throws IOException {
        if (!ledger.isEmpty()) {
            ledger.flush(channel::basicAck);
            stats.acked();
        }
    }

    /** It has failed and is to be delivered again; counts as a failure where the broker counts (rabbitmq.com/docs/quorum-queues). */
    void reject(long tag) throws IOException {
        ledger.settled(tag);
        channel.basicReject(tag, true);
    }

    /** It was not handled and goes back; counts as no failure on RabbitMQ 4.3. */
    void giveBack(long tag) throws IOException {
        ledger.settled(tag);
        channel.basicNack(tag, false, true);
    }

    /**
     * Ends it in order. Acknowledgements are asynchronous, and closing right after one may overtake it (rabbitmq.com/docs/confirms,
     * "Acknowledgement modes"); so something synchronous that needs no permission goes between.
     */
    void close() throws IOException {
        cancel();
        flush();
        channel.basicQos(settings.prefetch(), false);
        Channels.abort(channel);
    }

    /** Ends it anyhow. What is unacknowledged goes back to the queue. */
    void abort() {
        Channels.abort(channel);
    }

    /** What the client's threads tell. Implementations only hand over. */
    interface Events {

        void delivered(Incoming incoming);

        /** By the broker: the queue has gone, has moved, or we were too slow. */
        void cancelled(long epoch);

        void closed(long epoch, ShutdownSignalException cause);
    }

    private final class Deliveries extends DefaultConsumer {

        Deliveries() {
            super(channel);
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            Incoming bare = new Incoming(epoch, envelope, properties, body, 0);
            events.delivered(mode == RetryMode.NATIVE ? bare.countedByBroker() : bare);
        }

        @Override
        public void handleCancel(String tag) {
            events.cancelled(epoch);
        }
    }
}
