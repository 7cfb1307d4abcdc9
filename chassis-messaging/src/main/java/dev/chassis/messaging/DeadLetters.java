package dev.chassis.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import dev.chassis.time.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * The dead letters of a consumer: looking at them, and putting them back.
 *
 * <pre>{@code
 * var dead = rabbit.deadLetters("orders");
 * dead.list(100);
 * dead.replay(letter -> letter.type().endsWith("TimeoutException"), Replay.dryRun());
 * dead.replay(letter -> letter.type().endsWith("TimeoutException"), Replay.perSecond(20));
 * }</pre>
 *
 * <p>A letter is put into the consumer's queue, past every exchange, so that nobody else gets the message twice; with its message-id and as it
 * was before it failed, and with the header {@code chassis-replayed} counting. It leaves the dead letters when the broker has confirmed
 * that it has it, so a crash in between may leave it in both. What is only looked at is marked as redelivered by the broker.
 *
 * <p>Everything blocks. Thread-safe; of two that look at the same time each sees only what the other one does not hold.
 */
public final class DeadLetters {

    private final Links links;
    private final String queue;
    private final Duration patience;

    DeadLetters(Links links, String queue, Duration patience) {
        this.links = links;
        this.queue = queue;
        this.patience = patience;
    }

    /**
     * How many wait, those left out that somebody looks at just now.
     *
     * @throws IOException if there is no connection, or no such queue
     */
    public long count() throws IOException, InterruptedException {
        Channel channel = channel();
        try {
            return channel.queueDeclarePassive(dead()).getMessageCount();
        } finally {
            Channels.abort(channel);
        }
    }

    /**
     * The oldest ones, without taking them away.
     *
     * @param most how many at most; their bodies are kept in memory
     * @throws IOException if there is no connection, or no such queue
     * @throws IllegalArgumentException if {@code most} is less than one
     */
    public List<DeadLetter> list(int most) throws IOException, InterruptedException {
        return list(letter -> true, most);
    }

    /** The oldest ones that pass this filter; those that do not count, too. */
    public List<DeadLetter> list(Predicate<DeadLetter> filter, int most) throws IOException, InterruptedException {
        requirePositive(most);
        Channel channel = channel();
        try {
            List<DeadLetter> letters = new ArrayList<>();
            for (int i = 0; i < most; i++) {
                GetResponse response = channel.basicGet(dead(), false);
                if (response == null) {
                    break;
                }
                letters.add(DeadLetter.of(response));
            }
            return letters.stream().filter(filter).toList();
        } finally {
            giveBack(channel);
        }
    }

    /**
     * Puts back those that pass the filter; what dies again meanwhile is left for the next time. Ends at the first that is not confirmed.
     *
     * @return how many were looked at, passed the filter, and were put back: zero in a dry run
     * @throws IOException if there is no connection, no such queue, or a letter was not confirmed; it and those behind it stay where they are
     */
    public Report replay(Predicate<DeadLetter> filter, Replay how) throws IOException, InterruptedException {
        return replay(filter, how, Watch.NONE);
    }

    /** The same while somebody looks on, who may end it. */
    Report replay(Predicate<DeadLetter> filter, Replay how, Watch watch) throws IOException, InterruptedException {
        Channel channel = channel();
        try {
            channel.confirmSelect();
            channel.queueDeclarePassive(queue);
            return new Run(channel, UUID.randomUUID().toString(), filter, how, watch).go();
        } finally {
            giveBack(channel);
        }
    }

    /** All that is held, in its order, so that whoever looks next sees it: with the channel alone it would go back a little later. */
    private static void giveBack(Channel channel) {
        try {
            channel.basicNack(0, true, true); // 0: all of them (AMQP 0-9-1, section 1.8.3.13).
            channel.basicQos(1, false);
        } catch (IOException | RuntimeException closed) {
            // Then they are on their way back.
        } finally {
            Channels.abort(channel);
        }
    }

    private Channel channel() throws IOException, InterruptedException {
        Link link = links.await(Deadline.after(patience));
        if (link == null) {
            throw new IOException("there is no connection to RabbitMQ");
        }
        return link.channel();
    }

    private String dead() {
        return queue + ".dead";
    }

    private static void requirePositive(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most: " + most + " (expected: 1 or more)");
        }
    }

    /** One replay, on one channel. Used by one thread. */
    private final class Run {

        private final Channel channel;
        private final String id;
        private final Predicate<DeadLetter> filter;
        private final Replay how;
        private final Watch watch;
        private final long beganNanos = System.nanoTime();

        Run(Channel channel, String id, Predicate<DeadLetter> filter, Replay how, Watch watch) {
            this.channel = channel;
            this.id = id;
            this.filter = filter;
            this.how = how;
            this.watch = watch;
        }

        Report go() throws IOException, InterruptedException {
            Report soFar = Report.NOTHING;
            while (soFar.seen() < how.most()) {
                GetResponse response = channel.basicGet(dead(), false);
                if (response == null || id.equals(DeadLetter.incoming(response).text(FailureHeaders.RUN))) {
                    break; // All, up to the first that has died again meanwhile.
                }
                boolean matches = filter.test(DeadLetter.of(response));
                boolean goes = matches && !how.dry();
                if (!watch.goOnAfter(goes ? waitNanos(soFar.matched()) : 0)) {
                    break;
                }
                if (goes) {
                    putBack(response);
                }
                soFar = soFar.and(matches, goes);
                watch.tell(soFar);
            }
            return soFar;
        }

        private void putBack(GetResponse response) throws IOException, InterruptedException {
            AMQP.BasicProperties properties = FailureHeaders.ofReplay(DeadLetter.incoming(response), id);
            channel.basicPublish("", queue, true, properties, response.getBody());
            try {
                if (!channel.waitForConfirms(patience.toMillis())) {
                    throw new IOException(
                            queue + " refuses " + response.getProps().getMessageId());
                }
            } catch (TimeoutException e) {
                throw new IOException("no confirm within " + patience, e);
            }
            channel.basicAck(response.getEnvelope().getDeliveryTag(), false);
            channel.basicQos(1, false); // Synchronous: an acknowledgement must not be lost with the channel.
        }

        /** Until the n-th may be put back. */
        private long waitNanos(long number) {
            long due = beganNanos + (long) (number * TimeUnit.SECONDS.toNanos(1) / how.perSecond());
            return Math.max(0, due - System.nanoTime());
        }
    }

    /** Looks on at a replay. */
    interface Watch {

        /** Nobody looks on. The wait is a rate, not a state somebody waits for. */
        Watch NONE = nanos -> {
            TimeUnit.NANOSECONDS.sleep(nanos);
            return true;
        };

        /** Waits for so long; false ends the replay. */
        boolean goOnAfter(long nanos) throws InterruptedException;

        /** What has been done so far. */
        default void tell(Report soFar) {}
    }

    /**
     * How letters are put back. Immutable.
     *
     * @param dry whether they are only counted
     * @param perSecond how many, at most
     * @param most how many letters are looked at, at most
     */
    public record Replay(boolean dry, double perSecond, int most) {

        private static final int MOST = 10_000;

        /** Checks the numbers. */
        public Replay {
            if (!(perSecond > 0)) {
                throw new IllegalArgumentException("perSecond: " + perSecond + " (expected: more than zero)");
            }
            requirePositive(most);
        }

        /** Counts what would be put back, of 10 000 letters at most. */
        public static Replay dryRun() {
            return new Replay(true, 1, MOST);
        }

        /** So many a second, of 10 000 letters at most. */
        public static Replay perSecond(double letters) {
            return new Replay(false, letters, MOST);
        }

        /** The same for so many letters. */
        public Replay ofAtMost(int letters) {
            return new Replay(dry, perSecond, letters);
        }
    }

    /**
     * What a replay has done. Immutable.
     *
     * @param seen letters looked at
     * @param matched letters that pass the filter
     * @param replayed letters put back
     */
    public record Report(long seen, long matched, long replayed) {

        static final Report NOTHING = new Report(0, 0, 0);

        private Report and(boolean matches, boolean goes) {
            return new Report(seen + 1, matched + (matches ? 1 : 0), replayed + (goes ? 1 : 0));
        }
    }
}
