package dev.chassis.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import dev.chassis.health.Health;
import dev.chassis.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * A running instance, client or member, and its end.
 *
 * <p>I1: {@code leaving} is set once, by the first {@link #stop}; later ones wait for the same. Thread-safe.
 */
final class Node {

    private final String pool;
    private final HazelcastInstance instance;
    private final @Nullable Connection connection;
    private @Nullable Leaving leaving; // guarded by this

    private Node(String pool, HazelcastInstance instance, @Nullable Connection connection) {
        this.pool = pool;
        this.instance = instance;
        this.connection = connection;
    }

    static Node client(String pool, HazelcastInstance instance, Connection connection) {
        return new Node(pool, instance, connection);
    }

    static Node member(String pool, HazelcastInstance instance) {
        return new Node(pool, instance, null);
    }

    HazelcastInstance instance() {
        return instance;
    }

    boolean isClient() {
        return connection != null;
    }

    boolean isUp() {
        return instance.getLifecycleService().isRunning() && (connection == null || connection.isUp());
    }

    /** How many members it knows of; 0 while a client is away. No I/O. */
    int members() {
        return isUp() ? instance.getCluster().getMembers().size() : 0;
    }

    Health health() {
        if (isUp()) {
            return Health.up(members() + " members");
        }
        return Health.down(isClient() ? "not connected to the cluster" : "this member is not running");
    }

    void stop(Deadline deadline) throws InterruptedException {
        leaving().await(deadline);
    }

    private synchronized Leaving leaving() {
        if (leaving == null) {
            leaving = new Leaving(pool, instance, !isClient() && members() > 1);
        }
        return leaving;
    }
}
