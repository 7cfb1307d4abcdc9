package dev.chassis.websocket.internal;

import dev.chassis.bus.ClusterBus;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The topics of an endpoint: tells each message to the sessions of this task at once, and to the other tasks by the bus.
 *
 * <p>{@link #publish} and {@link #present} are for any thread and never block; {@link #join} and {@link #leave} are for the event loop of
 * the session.
 *
 * <ul>
 *   <li>I1: under this object's lock a message gets its numbers and is handed to all loops, the history and the bus' queue, so that these
 *       have the same order. Nothing under it waits for anything.
 *   <li>I2: a session is told what is published after its {@code join} has taken the number, and from the history exactly what came before.
 *   <li>I3: whoever may have missed a message is told to fetch its state anew; for that, every task's numbers have no holes,
 *       and its leases tell the last one.
 * </ul>
 */
public final class TopicHub {

    private final UUID self = UUID.randomUUID();
    private final Map<EventLoop, Shard> shards = new ConcurrentHashMap<>();
    private final Presence presence = new Presence();
    private final Announcement resync;
    private final @Nullable ResumeSettings resume;
    private final LongAdder gaps = new LongAdder();
    private final Positions positions = new Positions(); // guarded by this
    private final @Nullable History history; // guarded by this
    private final @Nullable Cluster cluster;
    private long number; // guarded by this
    private long sequence; // guarded by this

    /**
     * A hub; without a bus it serves this task alone.
     *
     * @param resync tells a session to fetch the state of a topic anew
     * @param resume null if no topic can be resumed
     */
    public TopicHub(
            Announcement resync, @Nullable ResumeSettings resume, @Nullable ClusterBus bus, ClusterSettings settings) {
        this.resync = resync;
        this.resume = resume;
        this.history = resume == null ? null : new History(resume);
        this.cluster = bus == null ? null : new Cluster(bus, settings, self, this);
        positions.reached(self, 0, System.nanoTime());
    }

    /** Begins to hear other tasks and to tell them. */
    public void start() {
        if (cluster != null) {
            cluster.start();
        }
    }

    /** Tells the others that the sessions of this task are gone; waits for that no longer than so many nanoseconds. */
    public void stop(long nanos) throws InterruptedException {
        if (cluster != null) {
            cluster.stop(presenceOf(TaskMessage.Kind.BYE, Map.of()), nanos);
        }
    }

    /** Tells every session in the topic, here and at other tasks. Never blocks. */
    public void publish(String topic, EncodedMessage message, Delivery delivery) {
        synchronized (this) {
            sequence++;
            positions.message(self, sequence, System.nanoTime());
            deliver(self, sequence, topic, message, delivery);
            if (cluster != null) {
                cluster.send(TaskMessage.message(self, sequence, topic, message, delivery));
            }
        }
    }

    /** Under the lock. */
    private void deliver(UUID node, long nodeSequence, String topic, EncodedMessage message, Delivery delivery) {
        number++;
        Publication publication = new Publication(topic, number, message, delivery, false);
        fanOut(publication);
        if (history == null || resume == null || !history.keeps(topic)) {
            return;
        }
        history.add(node, nodeSequence, publication);
        if (history.takeToken(topic, System.nanoTime())) {
            fanOut(new Publication(topic, number, token(topic, resume), Delivery.DISCONNECT, true));
        }
    }

    private EncodedMessage token(String topic, ResumeSettings settings) {
        return settings.token().of(topic, settings.tokens().sign(topic, positions.now()));
    }

    private void fanOut(Publication publication) {
        for (Shard shard : shards.values()) {
            if (!shard.publish(publication)) {
                gaps.increment();
                shard.tellAllSoon(resync);
            }
        }
    }

    // ---- sessions, on their event loops

    /**
     * Lets a session hear a topic.
     *
     * @param who who it is for {@link #present}, null for nobody
     * @param token what it was told when it was here before; null if it was not
     */
    public JoinOutcome join(Outbox outbox, String topic, @Nullable String who, @Nullable String token) {
        Shard shard = shards.computeIfAbsent(outbox.channel().eventLoop(), Shard::new);
        Missed missed;
        Membership member;
        synchronized (this) {
            missed = missed(topic, token);
            member = shard.join(outbox, topic, number, who);
        }
        if (member == null) {
            return JoinOutcome.ALREADY;
        }
        if (who != null) {
            presence.join(self, topic, who);
            announce(TaskMessage.Kind.JOIN, topic, who);
        }
        return tellMissed(outbox, topic, missed);
    }

    /** What a session has missed: null publications if that is not known. */
    private record Missed(
            @Nullable List<Publication> publications,
            @Nullable EncodedMessage token,
            boolean asked) {}

    /** Under the lock. */
    private Missed missed(String topic, @Nullable String shown) {
        if (history == null || resume == null || !history.keeps(topic)) {
            return new Missed(shown == null ? List.of() : null, null, shown != null);
        }
        EncodedMessage next = token(topic, resume);
        if (shown == null) {
            return new Missed(List.of(), next, false);
        }
        Map<UUID, Long> position = resume.tokens().read(topic, shown);
        List<Publication> since =
                position != null && positions.covers(position) ? history.since(topic, position) : null;
        return new Missed(since, next, true);
    }

    private JoinOutcome tellMissed(Outbox outbox, String topic, Missed missed) {
        List<Publication> publications = missed.publications();
        JoinOutcome outcome = JoinOutcome.GAP;
        if (publications != null && fits(outbox, publications)) {
            publications.forEach(one -> outbox.offer(one.message(), one.delivery()));
            outcome = missed.asked() ? JoinOutcome.RESUMED : JoinOutcome.FRESH;
        } else {
            outbox.offer(resync.of(topic), Delivery.CONTROL);
        }
        if (missed.token() != null) {
            outbox.offer(missed.token(), Delivery.DISCONNECT);
        }
        return outcome;
    }

    private static boolean fits(Outbox outbox, List<Publication> publications) {
        int bytes = publications.stream()
                .mapToInt(one -> one.message().size(null) + Lanes.OVERHEAD)
                .sum();
        return outbox.room() >= bytes;
    }

    /** Ends what {@link #join} began. */
    public void leave(Outbox outbox, String topic) {
        Shard shard = shards.get(outbox.channel().eventLoop());
        Membership member = shard == null ? null : shard.leave(outbox, topic);
        if (member != null) {
            left(member);
        }
    }

    /** For a session that ends. Idempotent. */
    public void leaveAll(Outbox outbox) {
        Shard shard = shards.get(outbox.channel().eventLoop());
        if (shard != null) {
            shard.leaveAll(outbox, this::left);
        }
    }

    private void left(Membership member) {
        if (member.who != null) {
            presence.leave(self, member.members.topic(), member.who);
            announce(TaskMessage.Kind.LEAVE, member.members.topic(), member.who);
        }
    }

    /** Who is in a topic, here and at other tasks: those who joined with a name. */
    public Set<String> present(String topic) {
        return presence.in(topic);
    }

    private void announce(TaskMessage.Kind kind, String topic, String who) {
        if (cluster != null) {
            synchronized (this) {
                cluster.send(presenceOf(kind, Map.of(topic, Map.of(who, 1))));
            }
        }
    }

    // ---- other tasks

    /** Why other tasks may not be told, or this one may not hear them; null if all is well or there is no bus. */
    public @Nullable String trouble() {
        return cluster == null ? null : cluster.trouble();
    }

    /** How often sessions were told to fetch their state anew: for messages of other tasks, or ones that a loop was too busy for. */
    public long gaps() {
        return gaps.sum();
    }

    /** Messages that other tasks were not told because the bus did not take them. */
    public long untold() {
        return cluster == null ? 0 : cluster.dropped();
    }

    /** The number of the last message of that task that is known here. */
    synchronized long heardOf(TopicHub task) {
        return positions.now().getOrDefault(task.self, 0L);
    }

    TaskMessage ask() {
        return presenceOf(TaskMessage.Kind.ASK, Map.of());
    }

    /** Renews the lease and ends those of others that have run out. */
    void renew(long ttlNanos) {
        sendLease();
        boolean missed;
        synchronized (this) {
            missed = positions.expire(System.nanoTime(), ttlNanos, self);
            presence.retain(positions.now().keySet());
        }
        if (missed) {
            resync();
        }
    }

    private void sendLease() {
        if (cluster != null) {
            synchronized (this) {
                cluster.send(presenceOf(TaskMessage.Kind.LEASE, presence.of(self)));
            }
        }
    }

    private synchronized TaskMessage presenceOf(TaskMessage.Kind kind, Map<String, Map<String, Integer>> present) {
        return TaskMessage.presence(kind, self, sequence, present);
    }

    /** The bus was away: everybody tells where he is, and that tells what was missed. */
    void doubt() {
        synchronized (this) {
            positions.doubtAll();
        }
        if (cluster != null) {
            cluster.send(ask());
            sendLease();
        }
    }

    /** Another task says something. Called by a thread of the bus. */
    void heard(TaskMessage wire) {
        Positions.Step step;
        synchronized (this) {
            step = wire.kind() == TaskMessage.Kind.MESSAGE
                    ? positions.message(wire.node(), wire.sequence(), System.nanoTime())
                    : positions.reached(wire.node(), wire.sequence(), System.nanoTime());
            if (step != Positions.Step.OLD && wire.message() != null && wire.delivery() != null) {
                deliver(wire.node(), wire.sequence(), wire.topic(), wire.message(), wire.delivery());
            }
        }
        if (step == Positions.Step.GAP) {
            resync();
        }
        heardPresence(wire);
    }

    private void heardPresence(TaskMessage wire) {
        switch (wire.kind()) {
            case LEASE -> presence.replace(wire.node(), wire.present());
            case JOIN ->
                wire.present()
                        .forEach((topic, who) -> who.keySet().forEach(one -> presence.join(wire.node(), topic, one)));
            case LEAVE ->
                wire.present()
                        .forEach((topic, who) -> who.keySet().forEach(one -> presence.leave(wire.node(), topic, one)));
            case BYE -> presence.remove(wire.node());
            case ASK -> sendLease();
            case MESSAGE -> {
                // no word about who is where
            }
        }
    }

    private void resync() {
        gaps.increment();
        shards.values().forEach(shard -> shard.tellAllSoon(resync));
    }
}
