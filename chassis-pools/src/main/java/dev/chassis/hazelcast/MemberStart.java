package dev.chassis.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.chassis.lifecycle.TransientFailureException;
import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One attempt to start a member: it joins, then waits until the cluster is as large and as safe as it should be. Used by one thread. */
final class MemberStart {

    private static final long LOOK_MILLIS = 50;
    private static final Duration JOINING = Duration.ofSeconds(10);

    /** To say why, before the start is over. */
    private static final Duration LAST_WORD = Duration.ofSeconds(1);

    private final String pool;
    private final HazelcastConfig config;
    private final Endpoint endpoint;
    private final Connecting connecting;

    MemberStart(String pool, HazelcastConfig config, Endpoint endpoint, Consumer<Config> customizer) {
        this.pool = pool;
        this.config = config;
        this.endpoint = endpoint;
        Config member = MemberSettings.of(config, endpoint);
        customizer.accept(member);
        this.connecting = new Connecting(pool, () -> Hazelcast.newHazelcastInstance(member));
    }

    /**
     * Joins.
     *
     * @throws TransientFailureException if it has not joined, or the cluster is too small or not safe, when the time for that is over
     * @throws InterruptedException if the thread is interrupted
     */
    Node run(Deadline deadline) throws Exception {
        HazelcastInstance instance = join(deadline);
        try {
            // Where others that start can find it, not in ever new attempts that miss each other.
            awaitMembers(instance, deadline.before(LAST_WORD));
            awaitSafe(instance, deadline.atMost(config.member().safeTimeout()));
            return Node.member(pool, instance);
        } catch (Exception e) {
            instance.getLifecycleService().terminate();
            throw e;
        }
    }

    private HazelcastInstance join(Deadline deadline) throws Exception {
        try {
            // Hazelcast ends the join itself after connect-timeout; what is added is for all that surrounds it.
            return connecting.await(deadline.atMost(config.connectTimeout().plus(JOINING)));
        } catch (TimeoutException e) {
            throw new TransientFailureException("not joined cluster \"" + endpoint.clusterName() + "\" in time", e);
        } catch (ExecutionException e) {
            Exception cause = Causes.of(e);
            // "Node failed to start!": the join has timed out. A bad configuration or a port that is taken has a type
            // of its own.
            throw cause.getClass() == IllegalStateException.class
                    ? new TransientFailureException("not joined cluster \"" + endpoint.clusterName() + "\"", cause)
                    : cause;
        }
    }

    private void awaitMembers(HazelcastInstance instance, Deadline deadline) throws InterruptedException {
        int minimum = config.member().minimumMembers();
        while (instance.getCluster().getMembers().size() < minimum) {
            pause(
                    deadline,
                    "found " + instance.getCluster().getMembers().size() + " of at least " + minimum + " members at "
                            + endpoint.where());
        }
    }

    private void awaitSafe(HazelcastInstance instance, Deadline deadline) throws InterruptedException {
        while (!instance.getPartitionService().isClusterSafe()) {
            pause(deadline, "the cluster's partitions lack backups still");
        }
    }

    private static void pause(Deadline deadline, String missing) throws InterruptedException {
        if (deadline.isExpired()) {
            throw new TransientFailureException(missing, new TimeoutException());
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
}
