package dev.chassis.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.health.Health;
import dev.chassis.testing.RedisServer;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pool whose server dies, hangs or disappears behind the network. */
class RedisFailuresTest {

    private RedisServer server;

    @BeforeEach
    void startServer() {
        server = RedisServer.start();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void recoversWhenTheServerIsKilledUnderLoad() throws Exception {
        RedisPool<String, String> pool = Redises.started(pool(server.url()));
        AtomicBoolean running = new AtomicBoolean(true);
        AtomicLong succeeded = new AtomicLong();
        AtomicLong failed = new AtomicLong();
        List<Thread> load = load(pool, running, succeeded, failed);
        try {
            Redises.await("load").until(() -> succeeded.get() > 1_000);
            server.kill();
            Redises.await("commands fail").until(() -> failed.get() > 10);
            long before = succeeded.get();
            long restarted = System.nanoTime();
            server.restart();
            Redises.await("commands succeed again").until(() -> succeeded.get() > before + 100);
            System.out.println("measured: kill and restart, recovered after "
                    + Duration.ofNanos(System.nanoTime() - restarted).toMillis() + " ms, failed " + failed.get());
        } finally {
            running.set(false);
        }
        for (Thread thread : load) {
            thread.join(10_000);
            assertThat(thread.isAlive()).as("no caller is stuck").isFalse();
        }
        assertThat(pool.watch().reconnects()).isEqualTo(1);
        pool.stop(Redises.soon());
    }

    @Test
    void rejectsEveryCommandWhileDisconnectedAndKeepsNone() throws Exception {
        RedisPool<String, String> pool = Redises.started(pool(server.url()));
        server.kill();
        Redises.await("the pool notices").until(() -> pool.watch().connected() == 0);
        List<RedisFuture<String>> futures = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            futures.add(pool.async().set("queued", "1"));
        }
        assertThat(futures).allMatch(future -> future.toCompletableFuture().isCompletedExceptionally());
        server.restart();
        Redises.await("the pool is back").until(() -> works(pool));
        assertThat(pool.sync().get("queued")).as("nothing was sent later").isNull();
        pool.stop(Redises.soon());
    }

    @Test
    void rejectsWhatIsMoreThanTheQueueHolds() throws Exception {
        RedisPool<String, String> pool = Redises.started(RedisPool.of(
                "redis", Redises.config("url", server.url(), "request-queue-size", "10000", "command-timeout", "60s")));
        server.pause();
        List<RedisFuture<Long>> futures = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            futures.add(pool.async().incr("accepted"));
        }
        Redises.await("the event loop has seen them all").until(() -> count(futures) >= 20_000);
        server.resume();
        for (RedisFuture<Long> future : futures) {
            try {
                future.get(20, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                assertThat(e.getCause()).hasMessageContaining("not accepted");
            }
        }
        assertThat(Long.parseLong(pool.sync().get("accepted")))
                .isEqualTo(30_000L - count(futures))
                .isPositive();
        assertThat(count(futures)).isGreaterThanOrEqualTo(20_000);
        pool.stop(Redises.soon());
    }

    @Test
    void executesACommandThatWasCutInTheMiddleOnce() throws Exception {
        try (Proxy proxy = new Proxy(server.port())) {
            RedisPool<String, String> pool = Redises.started(
                    RedisPool.of("redis", Redises.config("url", proxy.url(), "command-timeout", "30s")));
            proxy.swallowAnswers(true);
            RedisFuture<Long> cut = pool.async().incr("counter");
            Redises.await("the server has executed it")
                    .until(() -> server.command("GET", "counter").equals("1"));
            proxy.swallowAnswers(false);
            proxy.cut();
            assertThatThrownBy(() -> cut.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(RedisException.class);
            Redises.await("the pool is back").until(() -> works(pool));
            assertThat(pool.sync().get("counter")).isEqualTo("1");
            assertThat(pool.sync().incr("counter")).isEqualTo(2);
            pool.stop(Redises.soon());
        }
    }

    @Test
    void endsCommandsInTimeAndReopensAConnectionThatLeadsNowhere() throws Exception {
        try (Proxy proxy = new Proxy(server.port())) {
            RedisPool<String, String> pool = Redises.started(RedisPool.of(
                    "redis", Redises.config("url", proxy.url(), "command-timeout", "1s", "ping.failures", "3")));
            var check = pool.healthChecks().get(0);
            assertThat(check.check()).isEqualTo(Health.up());
            int accepted = proxy.accepted();
            proxy.swallowEverything(true);
            assertThatThrownBy(() -> pool.sync().get("a")).isInstanceOf(RedisCommandTimeoutException.class);
            for (int i = 0; i < 2; i++) {
                assertThat(check.check().status()).isEqualTo(Health.Status.DOWN);
            }
            assertThat(pool.watch().connected()).as("two of three").isEqualTo(1);
            assertThat(check.check().detail()).contains("PING");
            Redises.await("the connection is closed").until(() -> proxy.accepted() > accepted);
            proxy.swallowEverything(false);
            Redises.await("the pool is back").until(() -> works(pool));
            assertThat(check.check()).isEqualTo(Health.up());
            pool.stop(Redises.soon());
        }
    }

    @Test
    void closesAServerThatHangsByItsDeadline() throws Exception {
        RedisPool<String, String> pool = Redises.started(pool(server.url()));
        server.pause();
        RedisFuture<String> hanging = pool.async().get("a");
        pool.stop(Redises.soon());
        assertThatThrownBy(() -> hanging.get(5, TimeUnit.SECONDS)).isInstanceOf(Exception.class);
        assertThatThrownBy(pool::sync).isInstanceOf(IllegalStateException.class);
        server.resume();
    }

    private static RedisPool<String, String> pool(String url) {
        return RedisPool.of("redis", Redises.config("url", url, "reconnect-max", "500ms"));
    }

    private static boolean works(RedisPool<String, String> pool) {
        try {
            return pool.sync().ping().equals("PONG");
        } catch (RedisException e) {
            return false;
        }
    }

    private static int count(List<RedisFuture<Long>> futures) {
        return (int) futures.stream()
                .filter(future -> future.toCompletableFuture().isCompletedExceptionally())
                .count();
    }

    private static List<Thread> load(
            RedisPool<String, String> pool, AtomicBoolean running, AtomicLong ok, AtomicLong bad) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                while (running.get()) {
                    try {
                        pool.sync().incr("load");
                        ok.incrementAndGet();
                    } catch (RedisException e) {
                        bad.incrementAndGet();
                        Thread.yield();
                    }
                }
            });
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        return threads;
    }
}
