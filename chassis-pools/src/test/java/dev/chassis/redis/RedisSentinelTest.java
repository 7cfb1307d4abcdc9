package dev.chassis.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.testing.RedisServer;
import io.lettuce.core.RedisException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A master that dies, and sentinels that promote its replica. */
class RedisSentinelTest {

    @Test
    void writesToTheNewMasterAfterAFailover() throws Exception {
        try (RedisServer master = RedisServer.start();
                RedisServer replica = RedisServer.with().replicaOf(master).start();
                RedisServer sentinel = RedisServer.sentinel(master, 1)) {
            Redises.await("the replica follows")
                    .until(() -> replica.info("master_link_status").equals("up"));
            Redises.await("the sentinel knows it")
                    .until(() -> sentinel.info("master0").contains("slaves=1"));
            RedisPool<String, String> pool = Redises.started(RedisPool.of(
                    "redis", Redises.config("mode", "sentinel", "nodes", sentinel.address(), "master-id", "mymaster")));
            RedisBus bus = RedisBus.over(pool);
            bus.start(Redises.soon());
            pool.sync().set("before", "1");
            Redises.await("replicated")
                    .until(() -> replica.command("GET", "before").equals("1"));
            long killed = System.nanoTime();
            master.kill();
            Redises.await("a write").until(() -> writes(pool));
            System.out.println("measured: sentinel failover, first write after "
                    + Duration.ofNanos(System.nanoTime() - killed).toMillis() + " ms (down-after 1000 ms)");
            assertThat(replica.command("GET", "after")).isEqualTo("1");
            assertThat(pool.sync().get("before")).isEqualTo("1");
            Redises.await("the bus, too").until(() -> bus.health().status() == dev.chassis.health.Health.Status.UP);
            bus.stop(Redises.soon());
            pool.stop(Redises.soon());
        }
    }

    private static boolean writes(RedisPool<String, String> pool) {
        try {
            return pool.sync().set("after", "1").equals("OK");
        } catch (RedisException e) {
            return false;
        }
    }
}
