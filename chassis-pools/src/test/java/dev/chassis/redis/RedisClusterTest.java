package dev.chassis.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.bus.ClusterBus.Subscriber;
import dev.chassis.health.Health;
import dev.chassis.testing.RedisClusterServers;
import dev.chassis.testing.RedisServer;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three masters, and what happens to them. */
class RedisClusterTest {

    private RedisClusterServers cluster;
    private RedisPool<String, String> pool;

    @BeforeEach
    void start() throws Exception {
        cluster = RedisClusterServers.start();
        pool = Redises.started(RedisPool.of(
                "redis",
                Redises.config(
                        "mode", "cluster", "nodes", cluster.nodes().get(0).address(), "topology-refresh", "1s")));
    }

    @AfterEach
    void stop() throws Exception {
        pool.stop(Redises.soon());
        cluster.close();
    }

    @Test
    void spreadsKeysTransactionsAndMessages() throws Exception {
        assertThat(pool.watch().connected())
                .as("every node is connected before it is ready")
                .isGreaterThanOrEqualTo(3);
        for (int i = 0; i < 100; i++) {
            pool.sync().set("key" + i, Integer.toString(i));
        }
        assertThat(cluster.nodes()).allMatch(node -> !node.info("db0").isEmpty());
        try (RedisLease<String, String> lease = pool.lease()) {
            lease.on("{cart}:7").multi();
            lease.on("{cart}:7").set("{cart}:7", "bread");
            lease.on("{cart}:7").set("{cart}:8", "milk");
            lease.on("{cart}:7").exec();
        }
        assertThat(pool.sync().get("{cart}:8")).isEqualTo("milk");
        assertThat(pool.healthChecks().get(0).check()).isEqualTo(Health.up("3 nodes"));
        List<String> heard = new CopyOnWriteArrayList<>();
        RedisBus bus = RedisBus.over(pool);
        bus.start(Redises.soon());
        bus.subscribe(
                "prices",
                Subscriber.of(message -> heard.add(new String(message, java.nio.charset.StandardCharsets.UTF_8))));
        bus.publish("prices", new byte[] {'1'});
        Redises.await("heard").until(() -> heard.equals(List.of("1")));
        bus.stop(Redises.soon());
    }

    @Test
    void followsASlotThatMovesWithoutAFailedCommand() throws Exception {
        RedisServer target = cluster.join();
        var check = pool.healthChecks().get(0);
        Redises.await("the pool has found the new node")
                .until(() -> check.check().equals(Health.up("4 nodes")));
        RedisServer source = cluster.nodes().get(0);
        String key = keyOf(0, RedisClusterServers.SLOTS / 3 - 1);
        pool.sync().set(key, "1");
        cluster.move(SlotHash.getSlot(key), source, target);
        for (int i = 0; i < 100; i++) {
            assertThat(pool.sync().incr(key)).isEqualTo(i + 2);
        }
        assertThat(target.command("GET", key)).isEqualTo("101");
    }

    @Test
    void writesToAReplicaThatTookOverFromADeadNode() {
        RedisServer master = cluster.nodes().get(1);
        RedisServer replica = cluster.replicaOf(master);
        String key = keyOf(RedisClusterServers.SLOTS / 3 + 1, 2 * RedisClusterServers.SLOTS / 3 - 1);
        pool.sync().set(key, "0");
        Redises.await("replicated").until(() -> replica.command("DBSIZE").equals("1"));
        long killed = System.nanoTime();
        master.kill();
        Redises.await("a write").until(() -> writes(key));
        System.out.println("measured: cluster failover, first write after "
                + Duration.ofNanos(System.nanoTime() - killed).toMillis() + " ms (node timeout 1000 ms)");
        assertThat(replica.info("role")).isEqualTo("master");
    }

    private boolean writes(String key) {
        try {
            return pool.sync().set(key, "1").equals("OK");
        } catch (RedisException e) {
            return false;
        }
    }

    private static String keyOf(int firstSlot, int lastSlot) {
        for (int i = 0; ; i++) {
            int slot = SlotHash.getSlot("key" + i);
            if (slot >= firstSlot && slot <= lastSlot) {
                return "key" + i;
            }
        }
    }
}
