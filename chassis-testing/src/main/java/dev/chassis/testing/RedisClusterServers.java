package dev.chassis.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A cluster of three masters, each a {@link RedisServer}, with the slots spread evenly; more nodes can join.
 *
 * <p>Used by one thread.
 */
public final class RedisClusterServers implements AutoCloseable {

    /** How many slots a cluster has (Redis cluster specification). */
    public static final int SLOTS = 16_384;

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MASTERS = 3;

    private final List<RedisServer> nodes = new ArrayList<>();

    private RedisClusterServers() {}

    /** Starts it. Returns when every node knows that every slot is served. */
    public static RedisClusterServers start() {
        RedisClusterServers cluster = new RedisClusterServers();
        try {
            for (int i = 0; i < MASTERS; i++) {
                cluster.assign(cluster.join(), i * SLOTS / MASTERS, (i + 1) * SLOTS / MASTERS - 1);
            }
            cluster.awaitWhole();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** The nodes, in the order in which they joined. */
    public List<RedisServer> nodes() {
        return List.copyOf(nodes);
    }

    /** Starts one more node, without slots. Returns when all know each other. */
    public RedisServer join() {
        RedisServer node = RedisServer.with()
                .lines("cluster-enabled yes", "cluster-node-timeout 1000", "cluster-allow-replica-migration no")
                .start();
        nodes.add(node);
        String port = Integer.toString(nodes.get(0).port());
        if (nodes.size() > 1) {
            node.command("CLUSTER", "MEET", "127.0.0.1", port);
        }
        await("all nodes know each other", () -> nodes.stream().allMatch(one -> known(one) == nodes.size()));
        return node;
    }

    /** Starts a replica of a node. Returns when it has copied it. */
    public RedisServer replicaOf(RedisServer master) {
        RedisServer replica = join();
        replica.command("CLUSTER", "REPLICATE", id(master));
        await("the replica has copied its master", () -> "up".equals(replica.info("master_link_status")));
        return replica;
    }

    /** Moves a slot and its keys, as a resharding does. */
    public void move(int slot, RedisServer from, RedisServer to) {
        awaitWhole();
        String number = Integer.toString(slot);
        to.command("CLUSTER", "SETSLOT", number, "IMPORTING", id(from));
        from.command("CLUSTER", "SETSLOT", number, "MIGRATING", id(to));
        String keys = from.command("CLUSTER", "GETKEYSINSLOT", number, "1000");
        keys.lines().filter(key -> !key.isEmpty()).forEach(key -> migrate(key, from, to));
        to.command("CLUSTER", "SETSLOT", number, "NODE", id(to));
        from.command("CLUSTER", "SETSLOT", number, "NODE", id(to));
    }

    /** Waits until every node that runs says that every slot is served. */
    public void awaitWhole() {
        await(
                "every slot is served",
                () -> nodes.stream()
                        .allMatch(node -> node.command("CLUSTER", "INFO").contains("cluster_state:ok")));
    }

    /** The node's id in the cluster. */
    public String id(RedisServer node) {
        return node.command("CLUSTER", "MYID");
    }

    /** Kills all nodes. */
    @Override
    public void close() {
        nodes.forEach(RedisServer::close);
    }

    private void assign(RedisServer node, int first, int last) {
        List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
        for (int slot = first; slot <= last; slot++) {
            command.add(Integer.toString(slot));
        }
        node.command(command.toArray(String[]::new));
    }

    private static void migrate(String key, RedisServer from, RedisServer to) {
        from.command("MIGRATE", "127.0.0.1", Integer.toString(to.port()), key, "0", "5000");
    }

    private static long known(RedisServer node) {
        return node.command("CLUSTER", "NODES")
                .lines()
                .filter(line -> line.contains(" connected") && !line.contains("handshake"))
                .count();
    }

    private static void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(condition);
    }
}
