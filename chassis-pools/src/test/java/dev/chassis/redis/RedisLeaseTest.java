package dev.chassis.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.testing.RedisServer;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that are lent. */
class RedisLeaseTest {

    private static RedisServer server;
    private RedisPool<String, String> pool;

    @BeforeAll
    static void startServer() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void startPool() throws Exception {
        server.command("FLUSHALL");
        pool = started(2, "50ms");
    }

    private static RedisPool<String, String> started(int leases, String borrowTimeout) throws Exception {
        return Redises.started(RedisPool.of(
                "redis",
                Redises.config(
                        "url", server.url(), "leases.max", "" + leases, "leases.borrow-timeout", borrowTimeout)));
    }

    @AfterEach
    void stopPool() throws Exception {
        pool.stop(Redises.soon());
    }

    @Test
    void runsATransactionApartFromEverybodyElse() throws Exception {
        try (RedisLease<String, String> lease = pool.lease()) {
            RedisCommands<String, String> mine = lease.on("a");
            mine.multi();
            mine.set("a", "1");
            assertThat(pool.sync().get("a"))
                    .as("not yet, and not queued by my MULTI")
                    .isNull();
            mine.exec();
        }
        assertThat(pool.sync().get("a")).isEqualTo("1");
    }

    @Test
    void blocksLongerThanACommandMayTake() throws Exception {
        try (RedisLease<String, String> lease = pool.lease(Duration.ofSeconds(30))) {
            CompletableFuture<KeyValue<String, String>> popped =
                    CompletableFuture.supplyAsync(() -> lease.on("jobs").blpop(20, "jobs"));
            Redises.await("the server blocks it")
                    .until(() -> server.info("blocked_clients").equals("1"));
            pool.sync().rpush("jobs", "job");
            assertThat(popped.join().getValue()).isEqualTo("job");
        }
    }

    @Test
    void lendsTheSameConnectionAgainWithoutItsWatch() throws Exception {
        pool.stop(Redises.soon());
        pool = started(1, "2s"); // With one lease, who borrows waits until the other is clean.
        long id = borrowAnd(commands -> commands.watch("w"));
        pool.sync().set("w", "changed");
        try (RedisLease<String, String> lease = pool.lease()) {
            RedisCommands<String, String> mine = lease.on("w");
            assertThat(mine.clientId()).isEqualTo(id);
            mine.multi();
            mine.set("x", "1");
            assertThat(mine.exec().wasDiscarded())
                    .as("nothing is watched any more")
                    .isFalse();
        }
    }

    @Test
    void closesAConnectionThatComesBackInTheMiddleOfATransaction() throws Exception {
        long id = borrowAnd(RedisCommands::multi);
        try (RedisLease<String, String> lease = pool.lease()) {
            assertThat(lease.on("a").clientId()).isNotEqualTo(id);
            assertThat(lease.on("a").set("a", "1")).isEqualTo("OK");
        }
    }

    @Test
    void neverExecutesTheRestOfATransactionWhoseConnectionBroke() throws Exception {
        try (RedisLease<String, String> lease = pool.lease()) {
            RedisCommands<String, String> mine = lease.on("a");
            String id = Long.toString(mine.clientId());
            mine.multi();
            mine.set("first", "1");
            server.command("CLIENT", "KILL", "ID", id);
            Redises.await("the pool notices").until(() -> pool.watch().connected() == 1);
            mine.set("second", "2");
            assertThatThrownBy(mine::exec).isInstanceOf(RedisException.class);
        }
        assertThat(pool.sync().exists("first", "second")).isZero();
        try (RedisLease<String, String> lease = pool.lease()) {
            assertThat(lease.on("a").ping()).as("the next one works").isEqualTo("PONG");
        }
    }

    @Test
    void saysWhoHoldsThemAllWhenNoneIsLeft() throws Exception {
        try (RedisLease<String, String> first = pool.lease();
                RedisLease<String, String> second = pool.lease()) {
            assertThat(first).isNotSameAs(second);
            assertThat(pool.inFlight()).isEqualTo(2);
            assertThatThrownBy(pool::lease)
                    .isInstanceOf(RedisExhaustedException.class)
                    .hasMessageContaining("redis: no connection was given back within PT0.05S: 2 of 2 are lent");
        }
        assertThat(pool.inFlight()).isZero();
    }

    @Test
    void refusesToBeUsedAfterItWasGivenBack() throws Exception {
        RedisLease<String, String> lease = pool.lease();
        lease.close();
        lease.close();
        assertThatThrownBy(() -> lease.on("a")).isInstanceOf(IllegalStateException.class);
        pool.lease().close();
        pool.lease().close();
    }

    private long borrowAnd(java.util.function.Consumer<RedisCommands<String, String>> use) throws Exception {
        try (RedisLease<String, String> lease = pool.lease()) {
            long id = lease.on("a").clientId();
            use.accept(lease.on("a"));
            return id;
        }
    }
}
