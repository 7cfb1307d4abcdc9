package dev.chassis.websocket.internal;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics of the sessions of one event loop. A message costs the loop one entry in a queue; what has come together is encoded into
 * shared buffers, written to each member once and flushed once, {@value #TURN} sessions at a time, so that the loop stays responsive.
 *
 * <p>{@link #publish} is for any thread, the rest for the loop.
 *
 * <ul>
 *   <li>I1: {@code scheduled} if and only if a run is queued, or under way and not yet sure that nothing waits.
 *   <li>I2: batches are finished in their order, so each member is told in the order of {@code publish}.
 *   <li>I3: {@code waitingBytes} is the cost of what is in {@code waiting}, and that within its limit.
 *   <li>I4: {@code topics} has exactly the topics with members here.
 * </ul>
 */
final class Shard implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Shard.class);
    private static final long MAX_WAITING_BYTES = 32L * 1024 * 1024;
    private static final int TURN = 512;
    private static final int BATCH = 1024;
    private static final int TOGETHER_MILLIS = 200;

    private final EventLoop loop;
    private final Queue<Publication> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicBoolean announcing = new AtomicBoolean();
    private final Map<String, Members> topics = new HashMap<>();
    private final List<Outbox> unflushed = new ArrayList<>();
    private ArrayDeque<TopicRun> batch = new ArrayDeque<>();
    private int run;

    Shard(EventLoop loop) {
        this.loop = loop;
    }

    /**
     * Tells everybody who has joined before. Any thread; never blocks.
     *
     * @return false if the loop is too far behind to be given more: its members miss this
     */
    boolean publish(Publication publication) {
        if (waitingBytes.addAndGet(publication.cost()) > MAX_WAITING_BYTES) {
            waitingBytes.addAndGet(-publication.cost());
            return false;
        }
        waiting.add(publication);
        if (scheduled.compareAndSet(false, true)) {
            execute();
        }
        return true;
    }

    private void execute() {
        try {
            loop.execute(this);
        } catch (RejectedExecutionException stopped) {
            LOG.debug("An event loop has stopped, and its sessions with it");
        }
    }

    /** One turn. */
    @Override
    public void run() {
        if (batch.isEmpty()) {
            begin();
        }
        turn();
        unflushed.forEach(Outbox::flush);
        unflushed.clear();
        if (batch.isEmpty()) {
            scheduled.set(false);
            if (waiting.isEmpty() || !scheduled.compareAndSet(false, true)) {
                return;
            }
        }
        execute();
    }

    private void begin() {
        run++;
        Map<String, TopicRun> runs = new LinkedHashMap<>();
        Publication next;
        for (int i = 0; i < BATCH && (next = waiting.poll()) != null; i++) {
            waitingBytes.addAndGet(-next.cost());
            Members members = topics.get(next.topic());
            if (members != null) {
                runs.computeIfAbsent(next.topic(), topic -> new TopicRun(members))
                        .add(next);
            }
        }
        batch = new ArrayDeque<>(runs.values());
    }

    private void turn() {
        int left = TURN;
        while (left > 0 && !batch.isEmpty()) {
            TopicRun first = batch.getFirst();
            int told = first.tell(left, run, unflushed);
            if (told < left) {
                batch.removeFirst().release();
            }
            left -= told;
        }
    }

    // ---- members

    /** Returns null if the session has joined already. */
    @Nullable
    Membership join(Outbox outbox, String topic, long after, @Nullable String who) {
        if (find(outbox, topic) != null) {
            return null;
        }
        Members members = topics.computeIfAbsent(topic, Members::new);
        Membership member = new Membership(outbox, members, after, who);
        member.next = outbox.joined;
        outbox.joined = member;
        members.add(member);
        return member;
    }

    /** Returns who has left; null if the session was not there. */
    @Nullable
    Membership leave(Outbox outbox, String topic) {
        Membership member = find(outbox, topic);
        if (member != null) {
            unlink(outbox, member);
            remove(member);
        }
        return member;
    }

    /** Leaves every topic. */
    void leaveAll(Outbox outbox, Consumer<Membership> left) {
        for (Membership member = outbox.joined; member != null; member = member.next) {
            remove(member);
            left.accept(member);
        }
        outbox.joined = null;
    }

    /** Tells every session of each topic, once for what happens within {@value #TOGETHER_MILLIS} ms. Any thread. */
    void tellAllSoon(Announcement announcement) {
        if (announcing.compareAndSet(false, true)) {
            try {
                loop.schedule(() -> tellAll(announcement), TOGETHER_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException stopped) {
                LOG.debug("An event loop has stopped, and nobody is left to be told");
            }
        }
    }

    private void tellAll(Announcement announcement) {
        announcing.set(false);
        for (Members members : topics.values()) {
            EncodedMessage message = announcement.of(members.topic());
            for (int i = 0; i < members.size(); i++) {
                members.get(i).outbox.offer(message, Delivery.CONTROL);
            }
        }
    }

    private void remove(Membership member) {
        Members members = member.members;
        members.remove(member);
        if (members.size() == 0) {
            topics.remove(members.topic());
        }
    }

    private static @Nullable Membership find(Outbox outbox, String topic) {
        Membership member = outbox.joined;
        while (member != null && !member.members.topic().equals(topic)) {
            member = member.next;
        }
        return member;
    }

    private static void unlink(Outbox outbox, Membership member) {
        if (outbox.joined == member) {
            outbox.joined = member.next;
            return;
        }
        for (Membership before = outbox.joined; before != null; before = before.next) {
            if (before.next == member) {
                before.next = member.next;
            }
        }
    }
}
