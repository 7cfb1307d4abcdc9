package dev.chassis.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.lifecycle.TransientFailureException;
import dev.chassis.testing.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a start makes of servers that refuse it, and of keys that contradict each other. */
class RedisStartTest {

    @Test
    void failsForGoodWithoutAPasswordOrWithAWrongOne() {
        try (RedisServer server = RedisServer.with().password("right").start()) {
            lasting("NOAUTH", "url", server.url());
            lasting("WRONGPASS", "url", server.url(), "password", "wrong");
            assertThat(failure("url", server.url(), "password", "wrong")).hasMessageNotContaining("wrong ");
        }
    }

    @Test
    void failsForGoodWhenTheUserMayNotEvenPing() {
        try (RedisServer server = RedisServer.start()) {
            server.command("ACL", "SETUSER", "nobody", "on", ">secret", "+hello", "+auth");
            lasting("NOPERM", "url", server.url(), "username", "nobody", "password", "secret");
        }
    }

    @Test
    void failsForGoodWhenThereIsNoSuchDatabase() {
        try (RedisServer server = RedisServer.start()) {
            lasting("DB index", "url", server.url(), "database", "99");
        }
    }

    @Test
    void failsForGoodInTheWrongMode() {
        try (RedisServer server = RedisServer.start();
                RedisServer node =
                        RedisServer.with().lines("cluster-enabled yes").start()) {
            lasting("cluster", "url", server.url(), "mode", "cluster");
            lasting("redis_mode:cluster", "url", node.url());
        }
    }

    @Test
    void failsForGoodWhenOneSideSpeaksTls() {
        try (RedisServer plain = RedisServer.start();
                RedisServer tls = RedisServer.with().tls().start()) {
            lasting("does not speak TLS", "url", plain.url().replace("redis:", "rediss:"));
            lasting("speaks TLS only", "url", tls.url().replace("rediss:", "redis:"));
            lasting("certification path", "url", tls.url());
        }
    }

    @Test
    void triesAgainWhenNobodyListensOrTheServerIsFull() {
        try (RedisServer server = RedisServer.with().lines("maxclients 1").start();
                Socket occupied = Redises.await("the only place")
                        .until(() -> taken(server.port()), Optional::isPresent)
                        .orElseThrow()) {
            assertThat(failure("url", "redis://127.0.0.1:1")).isInstanceOf(TransientFailureException.class);
            assertThat(failure("url", server.url()))
                    .isInstanceOf(TransientFailureException.class)
                    .hasMessageContaining("redis://127.0.0.1:" + server.port());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection that the server serves; a full one may still be about to forget who was there before. */
    private static Optional<Socket> taken(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
        if (socket.getInputStream().read() == '+') {
            return Optional.of(socket);
        }
        socket.close();
        return Optional.empty();
    }

    @Test
    void triesAgainWhenTheServerHangs() {
        try (RedisServer server = RedisServer.start()) {
            server.pause();
            assertThat(failure("url", server.url(), "connect-timeout", "300ms"))
                    .isInstanceOf(TransientFailureException.class);
            server.resume();
        }
    }

    @Test
    void connectsOverTlsAndChecksTheHostName() throws Exception {
        try (RedisServer server = RedisServer.with().tls().start()) {
            String ca = server.certificateAuthority().toString();
            RedisPool<String, String> pool =
                    Redises.started(RedisPool.of("redis", Redises.config("url", server.url(), "tls.ca-file", ca)));
            assertThat(pool.sync().ping()).isEqualTo("PONG");
            pool.stop(Redises.soon());
            lasting("127.0.0.1 found", "url", "rediss://127.0.0.1:" + server.port(), "tls.ca-file", ca);
        }
    }

    @Test
    void logsInAsTheUserOfTheKeys() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            server.command("ACL", "SETUSER", "orders", "on", ">secret", "~*", "+@all");
            RedisPool<String, String> pool = Redises.started(RedisPool.of(
                    "redis", Redises.config("url", server.url(), "username", "orders", "password", "secret")));
            assertThat(pool.sync().aclWhoami()).isEqualTo("orders");
            pool.stop(Redises.soon());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url=http://localhost:6379                                   | chassis.redis.url",
                "url=redis://localhost:70000                                 | chassis.redis.url",
                "url=redis://user:secret@localhost:6379                      | chassis.redis.url",
                "url=redis://localhost/2                                     | chassis.redis.url",
                "mode=sentinel;master-id=m                                   | chassis.redis.nodes",
                "mode=sentinel;nodes=localhost:1                             | chassis.redis.master-id",
                "mode=cluster                                                | chassis.redis.url",
                "mode=cluster;nodes=localhost                                | chassis.redis.nodes",
                "mode=cluster;nodes=localhost:1;database=2                   | chassis.redis.database",
                "url=redis://localhost;nodes=localhost:1                     | chassis.redis.nodes",
                "url=redis://localhost;master-id=m                           | chassis.redis.master-id",
                "url=redis://localhost;tls.enabled=true                      | chassis.redis.tls.enabled",
                "url=redis://localhost;tls.ca-file=/nowhere                  | chassis.redis.tls.ca-file",
                "url=redis://localhost;username=orders                       | chassis.redis.password",
                "url=redis://localhost;reconnect-min=10s                     | chassis.redis.reconnect-max",
            })
    void namesTheKeyThatBreaksARule(String settings, String key) {
        List<String> broken = new ArrayList<>();
        RedisPool.of("redis", Redises.config(settings.split("[;=]"))).check((name, expected) -> {
            assertThat(expected).isNotBlank().doesNotContain("secret");
            broken.add(name);
        });
        assertThat(broken).containsExactly(key);
    }

    @ParameterizedTest
    @CsvSource({
        "command-timeout,0s",
        "connect-timeout,0s",
        "database,-1",
        "request-queue-size,0",
        "io-threads,1",
        "leases.max,0"
    })
    void refusesValuesOutOfTheirRange(String key, String value) {
        assertThatThrownBy(() -> Redises.config("url", "redis://localhost", key, value))
                .hasMessageContaining("chassis.redis." + key);
    }

    private static void lasting(String reason, String... settings) {
        assertThat(failure(settings)).isInstanceOf(IllegalStateException.class).hasMessageContaining(reason);
    }

    /** What the start fails with, and that it leaves nothing behind. */
    private static Throwable failure(String... settings) {
        RedisPool<String, String> pool = RedisPool.of("failing", Redises.config(settings));
        Throwable failure = org.assertj.core.api.Assertions.catchThrowable(() -> pool.start(Redises.soon()));
        assertThat(failure).isNotNull();
        Redises.await("its threads have ended")
                .until(() -> Redises.threadsNamed("failing-").isEmpty());
        return failure;
    }
}
