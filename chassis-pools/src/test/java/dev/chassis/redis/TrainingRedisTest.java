package dev.chassis.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.devservices.TrainingServer;
import dev.chassis.health.Health;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real client against what stands in for Redis in a training run. */
class TrainingRedisTest {

    private RedisPool<String, String> pool;

    @BeforeEach
    void start() throws Exception {
        pool = Redises.started(RedisPool.of(
                "redis", Redises.config("url", new TrainingRedis().start().url())));
    }

    @AfterEach
    void stop() throws Exception {
        pool.stop(Redises.soon());
    }

    @Test
    void itIsFoundByItsKind() {
        assertThat(ServiceLoader.load(TrainingServer.class)).hasAtLeastOneElementOfType(TrainingRedis.class);
    }

    @Test
    void thePoolIsConnected() {
        assertThat(pool.health().status()).isEqualTo(Health.Status.UP);
    }

    @Test
    void itKnowsNoKeyAndTakesEverything() {
        assertThat(pool.sync().set("a", "b")).isEqualTo("OK");
        assertThat(pool.sync().get("a")).isNull();
        assertThat(pool.sync().incr("n")).isEqualTo(1);
    }

    @Test
    void aLeaseAnswersToo() throws Exception {
        try (RedisLease<String, String> lease = pool.lease()) {
            assertThat(lease.on("a").ping()).isEqualTo("PONG");
        }
    }

    @Test
    void channelsCanBeSubscribedTo() throws Exception {
        try (var subscriber = pool.links().openPubSub().toCompletableFuture().get()) {
            subscriber.sync().subscribe("scores");
            assertThat(subscriber.sync().ping()).isEqualTo("PONG");
        }
    }
}
