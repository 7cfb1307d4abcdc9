package dev.chassis.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts retries and dead letters into their queues, mandatory, persistent and confirmed. On the publishing connection: an alarm of the
 * broker blocks a connection that publishes, and would hold up every acknowledgement on the consuming one (rabbitmq.com/docs/alarms).
 *
 * <p>It belongs to the settler, except for the listeners, which only put mail.
 *
 * <ul>
 *   <li>I1: every publish ends in one call of its {@link Then}: confirmed; or not, because it was returned, refused, timed out, or its
 *       channel has gone.
 *   <li>I2: {@code pending} has the sequence numbers of {@code channel} only; a channel that fails is retired with all of them.
 * </ul>
 */
final class Republisher {

    private final Links links;
    private final Mail mail;
    private final Duration confirmTimeout;
    private final NavigableMap<Long, Then> pending = new TreeMap<>();
    private final Map<Long, String> returned = new HashMap<>();
    private @Nullable Link link;
    private @Nullable Channel channel;

    Republisher(Links links, Mail mail, Duration confirmTimeout) {
        this.links = links;
        this.mail = mail;
        this.confirmTimeout = confirmTimeout;
    }

    /** The largest frame of the connection, 0 for no limit or no connection. */
    int frameMax() {
        Link now = links.current();
        return now == null ? 0 : now.connection().getFrameMax();
    }

    /** Publishes to a queue; {@code then} is called by the settler, possibly before this returns. */
    void publish(String queue, AMQP.BasicProperties properties, byte[] body, Then then) {
        try {
            Channel open = channel();
            long sequence = open.getNextPublishSeqNo();
            open.basicPublish("", queue, true, false, marked(properties, sequence), body);
            pending.put(sequence, then); // Soon enough: its confirm is mail, and the mail is read by this thread.
            mail.later(confirmTimeout.toNanos(), () -> end(open, sequence, false, "no confirm in " + confirmTimeout));
        } catch (IOException | RuntimeException e) {
            retire(Channels.text(e)); // Also because a failed publish has used a sequence number up.
            then.over(false, Channels.text(e));
        }
    }

    /** Gives up what is pending, and the channel. */
    void close() {
        retire("the consumer stops");
    }

    private Channel channel() throws IOException {
        Link now = links.current();
        if (now == null) {
            throw new IOException("there is no connection to publish on");
        }
        Channel known = channel;
        if (known != null && known.isOpen() && now.equals(link)) {
            return known;
        }
        retire("its channel has gone");
        Channel opened = Link.channel(now.connection());
        opened.confirmSelect();
        opened.addConfirmListener(
                (sequence, multiple) -> mail.put(() -> confirmed(opened, sequence, multiple, true)),
                (sequence, multiple) -> mail.put(() -> confirmed(opened, sequence, multiple, false)));
        opened.addReturnListener(message -> {
            long sequence = sequence(message.getProperties());
            mail.put(() -> returned.put(sequence, message.getReplyText()));
        });
        opened.addShutdownListener(cause -> mail.put(() -> lost(opened, Channels.text(cause))));
        link = now;
        channel = opened;
        return opened;
    }

    private void confirmed(Channel from, long sequence, boolean multiple, boolean positive) {
        if (from != channel) {
            return;
        }
        if (!multiple) {
            end(from, sequence, positive, "refused by the broker");
            return;
        }
        while (!pending.isEmpty() && pending.firstKey() <= sequence) {
            end(from, pending.firstKey(), positive, "refused by the broker");
        }
    }

    /** A returned message is confirmed, too, and after its return (rabbitmq.com/docs/confirms, "When Will Published Messages Be Confirmed"). */
    private void end(Channel from, long sequence, boolean positive, String reason) {
        Then then = from == channel ? pending.remove(sequence) : null;
        if (then != null) {
            String why = returned.remove(sequence);
            then.over(positive && why == null, why == null ? reason : why);
        }
    }

    private void lost(Channel gone, String reason) {
        if (gone == channel) {
            retire(reason);
        }
    }

    private void retire(String reason) {
        Channel gone = channel;
        channel = null;
        link = null;
        returned.clear();
        if (gone != null) {
            Channels.abort(gone);
        }
        Map<Long, Then> lost = new TreeMap<>(pending);
        pending.clear();
        lost.values().forEach(then -> then.over(false, reason));
    }

    /** Returned messages carry no sequence number; ours do. */
    private static AMQP.BasicProperties marked(AMQP.BasicProperties properties, long sequence) {
        Map<String, Object> headers = new HashMap<>(properties.getHeaders());
        headers.put(FailureHeaders.SEQUENCE, sequence);
        return properties.builder().headers(headers).build();
    }

    private static long sequence(AMQP.BasicProperties properties) {
        return properties.getHeaders().get(FailureHeaders.SEQUENCE) instanceof Long sequence ? sequence : 0;
    }

    /** What follows a publish; called once. */
    @FunctionalInterface
    interface Then {
        void over(boolean confirmed, String reason);
    }
}
