package dev.chassis.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.context.Correlation;
import dev.chassis.lifecycle.Component;
import dev.chassis.testing.ComponentContract;
import dev.chassis.testing.RedisServer;
import dev.chassis.time.Deadline;
import io.lettuce.core.codec.ByteArrayCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A pool of one server that behaves. */
class RedisPoolTest implements ComponentContract {

    private static RedisServer server;

    @BeforeAll
    static void startServer() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    public Component create() {
        return Redises.pool(server);
    }

    @Override
    public Optional<Component> createFailing() {
        return Optional.of(RedisPool.of("redis", Redises.config("url", "redis://127.0.0.1:1")));
    }

    @Test
    void sharesOneConnectionAmongAllCommands() throws Exception {
        RedisPool<String, String> pool = Redises.started(Redises.pool(server));
        try {
            long before = connectionsNamed("redis");
            pool.sync().set("greeting", "hello");
            assertThat(pool.sync().get("greeting")).isEqualTo("hello");
            assertThat(pool.async().get("greeting").get(5, TimeUnit.SECONDS)).isEqualTo("hello");
            assertThat(connectionsNamed("redis")).isEqualTo(before).isEqualTo(1);
        } finally {
            pool.stop(Redises.soon());
        }
        Redises.await("the server sees it closed").until(() -> connectionsNamed("redis") == 0);
    }

    @Test
    void speaksBytesWithAnotherCodec() throws Exception {
        RedisPool<byte[], byte[]> pool = Redises.started(Redises.pool(server).withCodec(ByteArrayCodec.INSTANCE));
        try {
            byte[] key = "bytes".getBytes(StandardCharsets.UTF_8);
            pool.sync().set(key, new byte[] {0, (byte) 0xff, 13, 10});
            assertThat(pool.sync().get(key)).containsExactly(0, 0xff, 13, 10);
        } finally {
            pool.stop(Redises.soon());
        }
    }

    @Test
    void sharesTheThreadsOfAnotherPool() throws Exception {
        RedisPool<String, String> owner = Redises.started(Redises.pool(server));
        RedisPool<String, String> guest =
                RedisPool.of("guest", Redises.config("url", server.url())).sharing(owner);
        assertThat(guest.dependsOn()).containsExactly(owner);
        Redises.started(guest);
        try {
            assertThat(guest.sync().ping()).isEqualTo("PONG");
            assertThat(Redises.threadsNamed("guest-")).isEmpty();
            assertThat(Redises.threadsNamed("redis-epollEventLoop")).isNotEmpty();
            guest.stop(Redises.soon());
            assertThat(owner.sync().ping()).as("the owner's threads go on").isEqualTo("PONG");
        } finally {
            owner.stop(Redises.soon());
        }
        Redises.await("the owner's threads have ended")
                .until(() -> Redises.threadsNamed("redis-").isEmpty());
    }

    @Test
    void carriesTheCorrelationIntoCallbacks() throws Exception {
        RedisPool<String, String> pool = Redises.started(Redises.pool(server));
        try (Correlation.Scope scope = Correlation.mint().open()) {
            Correlation mine = Correlation.current();
            CompletableFuture<String> thread = new CompletableFuture<>();
            server.pause(); // so that the callback is there before the answer
            CompletableFuture<@Nullable Correlation> seen = RedisPool.carrying(
                            pool.async().get("greeting"))
                    .thenApply(value -> {
                        thread.complete(Thread.currentThread().getName());
                        return Correlation.current();
                    });
            server.resume();
            assertThat(seen.get(5, TimeUnit.SECONDS)).isEqualTo(mine);
            assertThat(thread.join()).startsWith("redis-");
        } finally {
            server.resume();
            pool.stop(Redises.soon());
        }
    }

    @Test
    void countsCommandsAndConnections() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        RedisPool<String, String> pool = Redises.pool(server);
        pool.bindTo(meters);
        Redises.started(pool);
        try {
            pool.sync().set("greeting", "hello");
            Redises.await("the recorder")
                    .until(() -> meters.find("lettuce.command.completion")
                                    .tags("command", "SET", "pool", "redis")
                                    .timer()
                            != null);
            assertThat(meters.get("lettuce.connections").gauge().value()).isEqualTo(1);
        } finally {
            pool.stop(Redises.soon());
        }
        assertThat(meters.get("lettuce.connections").gauge().value()).isZero();
    }

    @Test
    void refusesToBeUsedBeforeItHasStarted() {
        RedisPool<String, String> pool = Redises.pool(server);
        assertThatThrownBy(pool::sync).isInstanceOf(IllegalStateException.class).hasMessageContaining("not started");
        assertThat(pool.health().detail()).isEqualTo("not started");
    }

    @Test
    void selectsItsDatabase() throws Exception {
        RedisPool<String, String> pool =
                Redises.started(RedisPool.of("redis", Redises.config("url", server.url(), "database", "3")));
        try {
            pool.sync().set("where", "here");
            assertThat(server.info("db3")).startsWith("keys=1");
        } finally {
            pool.stop(Redises.soon());
        }
    }

    @Test
    void waitsARandomPartOfTheStartSpread() throws Exception {
        RedisPool<String, String> pool =
                RedisPool.of("redis", Redises.config("url", server.url(), "start-spread", "60s"));
        Thread starter = new Thread(() -> {
            try {
                pool.start(Deadline.after(Duration.ofMinutes(2)));
            } catch (Exception e) {
                // Interrupted below.
            }
        });
        starter.start();
        Redises.await("asleep, or through")
                .until(() -> starter.getState() == Thread.State.TIMED_WAITING || !starter.isAlive());
        starter.interrupt();
        starter.join(10_000);
        assertThat(starter.isAlive()).isFalse();
        pool.stop(Redises.soon());
    }

    private static long connectionsNamed(String name) {
        return server.command("CLIENT", "LIST")
                .lines()
                .filter(line -> line.contains(" name=" + name + " "))
                .count();
    }
}
