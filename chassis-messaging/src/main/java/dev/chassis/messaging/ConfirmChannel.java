package dev.chassis.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ShutdownSignalException;
import dev.chassis.messaging.PublishResult.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A channel of a publisher, from opening to its end, and what is under way on it. Sequence numbers begin anew with each channel, so nothing
 * of one channel is ever looked up in another.
 *
 * <p>One thread sends; the client's thread confirms; any may end it.
 *
 * <ul>
 *   <li>I1: a message is in the ring before it is given to the client, under the number the client will give it.
 *   <li>I2: a message with a number above {@code started} was not given to the client, and once {@code ended} none will be: the sender writes
 *       {@code started} and then reads {@code ended}, who ends writes {@code ended} and then reads {@code started}.
 *   <li>I3: after any exception of the client nothing more is published: its count of messages may be one off.
 * </ul>
 */
final class ConfirmChannel {

    /** What a channel tells its publisher. Called by any thread; must not block. */
    interface Listener {

        /** These have an outcome. */
        void decided(List<Pending> messages);

        /** These were not sent, and may be. */
        void unsent(List<Pending> messages);

        /** No more of this channel. */
        void ended(ConfirmChannel channel, String why);
    }

    private final Link link;
    private final String exchange;
    private final Channel channel;
    private final Wire wire;
    private final Listener listener;
    private final Ring ring = new Ring();
    private volatile boolean ended;
    private volatile long started;
    private volatile boolean confirmed;
    private volatile boolean hasReturned;

    private ConfirmChannel(Link link, String exchange, Channel channel, Listener listener) {
        this.link = link;
        this.exchange = exchange;
        this.channel = channel;
        this.wire = Wire.of(link.connection());
        this.listener = listener;
    }

    /** Opens a channel that confirms. Blocks up to the time-out of a synchronous method, twice. */
    static ConfirmChannel open(Link link, String exchange, Listener listener) throws IOException {
        Channel channel = link.channel();
        ConfirmChannel opened = new ConfirmChannel(link, exchange, channel, listener);
        channel.confirmSelect();
        channel.addConfirmListener(opened::acked, opened::nacked);
        channel.addReturnListener(opened::returned);
        channel.addShutdownListener(opened::shutdown);
        return opened;
    }

    boolean isOpen() {
        return !ended;
    }

    Link link() {
        return link;
    }

    /** Whether the broker has confirmed anything here. */
    boolean hasConfirmed() {
        return confirmed;
    }

    /** Whether the broker has returned anything since this was asked last: perhaps somebody has deleted a queue or a binding. */
    boolean takeReturned() {
        boolean taken = hasReturned;
        if (taken) {
            hasReturned = false;
        }
        return taken;
    }

    /** Publishes in this order; what cannot be sent is given back. Called by one thread; blocks while the network does. */
    void send(List<Pending> messages) {
        long sequence = channel.getNextPublishSeqNo();
        if (!ring.add(sequence, messages)) { // I1
            listener.unsent(messages);
            return;
        }
        wire.cork();
        try {
            for (int i = 0; i < messages.size(); i++) {
                started = sequence + i; // I2
                if (ended) {
                    break;
                }
                publish(messages.get(i));
            }
        } catch (IOException e) {
            wire.cut(); // half a message may be on its way: nothing may follow it
            end("sending failed: " + DialException.reason(e));
        } catch (RuntimeException e) {
            end("sending failed: " + DialException.reason(e)); // I3
        } finally {
            flush();
        }
    }

    /** What the confirms of have taken too long. */
    List<Pending> expire(long acceptedBefore) {
        List<Pending> expired = ring.expire(acceptedBefore);
        expired.forEach(message -> message.decide(Outcome.TIMED_OUT, "no confirm in time"));
        return expired;
    }

    /** Publishes nothing more; what was sent and not confirmed has an unknown outcome. Idempotent; does not block. */
    void end(String why) {
        ended = true; // I2
        List<Pending> left = ring.close();
        long last = started;
        List<Pending> unsent = new ArrayList<>();
        List<Pending> unknown = new ArrayList<>();
        for (Pending message : left) {
            if (message.sequence > last) {
                unsent.add(message);
            } else {
                message.decide(Outcome.OUTCOME_UNKNOWN, why);
                unknown.add(message);
            }
        }
        listener.unsent(unsent);
        listener.decided(unknown);
        listener.ended(this, why);
    }

    /** Closes the channel. Blocks up to the time-out of a synchronous method. */
    void close() {
        end("stopped");
        try {
            channel.abort();
        } catch (IOException | RuntimeException e) {
            wire.cut();
        }
    }

    private void publish(Pending message) throws IOException {
        channel.basicPublish(exchange, message.routingKey, true, message.properties, message.message.body());
    }

    private void flush() {
        try {
            wire.uncork();
        } catch (IOException e) {
            wire.cut();
            end("sending failed: " + DialException.reason(e));
        }
    }

    private void acked(long sequence, boolean multiple) {
        List<Pending> done = ring.take(sequence, multiple);
        for (int i = 0; i < done.size(); i++) {
            Pending message = done.get(i);
            String returned = message.returned;
            message.decide(returned == null ? Outcome.CONFIRMED : Outcome.RETURNED, returned == null ? "" : returned);
        }
        confirmed = true;
        listener.decided(done);
    }

    private void nacked(long sequence, boolean multiple) {
        List<Pending> done = ring.take(sequence, multiple);
        done.forEach(message -> message.decide(Outcome.NACKED, "the broker refused it"));
        confirmed = true;
        listener.decided(done);
    }

    private void returned(Return returned) {
        AMQP.BasicProperties properties = returned.getProperties();
        hasReturned = true;
        ring.returned(
                message -> message.message.id().equals(properties.getMessageId())
                        && message.routingKey.equals(returned.getRoutingKey()),
                returned.getReplyCode() + " " + returned.getReplyText());
    }

    private void shutdown(ShutdownSignalException cause) {
        end(cause.getReason() == null ? DialException.reason(cause) : TopologyException.text(cause));
    }
}
