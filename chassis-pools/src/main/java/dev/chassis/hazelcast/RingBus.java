package dev.chassis.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.ringbuffer.Ringbuffer;
import dev.chassis.bus.ClusterBus;
import dev.chassis.time.Deadline;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A bus over ring buffers: one per topic, which the cluster keeps with a backup, and one reader per subscription.
 *
 * <p>A ring numbers its messages, so a reader sees by itself whether it missed any, and a slow one costs nobody else memory: the ring is
 * the bounded queue. A plain topic has neither.
 *
 * <p>I1: a subscription reads if and only if it is in {@code readers} and there is an instance. Thread-safe.
 */
final class RingBus implements ClusterBus {

    private static final String RINGS = "chassis.bus.";

    private final String pool;
    private final Set<RingReader> readers = ConcurrentHashMap.newKeySet();
    private volatile @Nullable HazelcastInstance instance;

    RingBus(String pool) {
        this.pool = pool;
    }

    /** Begins to read for everybody who has subscribed. Returns when they are, or at the deadline. */
    void start(HazelcastInstance started, Deadline deadline) {
        instance = started;
        readers.forEach(reader -> begin(reader, started, deadline));
    }

    void stop() {
        instance = null;
        readers.forEach(RingReader::close);
    }

    /**
     * Returns when the cluster has the message.
     *
     * @throws IllegalStateException if the pool is not started
     * @throws com.hazelcast.core.HazelcastException or another of Hazelcast's exceptions if the cluster does not take it
     */
    @Override
    public void publish(String topic, byte[] message) {
        HazelcastInstance target = instance;
        if (target == null) {
            throw new IllegalStateException(pool + " is not started, or was stopped");
        }
        ring(target, topic).add(message.clone());
    }

    @Override
    public Subscription subscribe(String topic, Subscriber subscriber) {
        RingReader reader = new RingReader(pool, topic, subscriber, readers::remove);
        readers.add(reader);
        HazelcastInstance target = instance;
        if (target != null) {
            begin(reader, target, Deadline.after(RingReader.POSITION));
        }
        return reader;
    }

    private static void begin(RingReader reader, HazelcastInstance target, Deadline deadline) {
        try {
            reader.start(ring(target, reader.topic()), deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Ringbuffer<byte[]> ring(HazelcastInstance target, String topic) {
        return target.getRingbuffer(RINGS + topic);
    }
}
