package dev.chassis.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.Chassis;
import dev.chassis.Service;
import dev.chassis.bus.ClusterBus.Subscriber;
import dev.chassis.config.ConfigException;
import dev.chassis.http.Response;
import dev.chassis.testing.ChassisExtension;
import dev.chassis.testing.RedisServer;
import dev.chassis.testing.TestClient;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A pool as a part of a service. */
class RedisServiceTest {

    private static final RedisServer SERVER = RedisServer.start();
    private static final List<Throwable> FAILURES = new CopyOnWriteArrayList<>();

    @RegisterExtension
    final ChassisExtension service = ChassisExtension.of("orders-service", RedisServiceTest::assemble)
            .config("chassis.redis.url", SERVER.url())
            .config("chassis.redis.sessions.url", SERVER.url())
            .config("chassis.redis.sessions.database", "1");

    @AfterAll
    static void stopServer() {
        SERVER.close();
    }

    @Test
    void answersEveryRequestThatADrainFindsUnderWay() throws Exception {
        AtomicBoolean running = new AtomicBoolean(true);
        AtomicLong answered = new AtomicLong();
        List<Thread> load = new ArrayList<>();
        TestClient client = service.client();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                while (running.get()) {
                    try {
                        if (client.get("/orders").status() == 200) {
                            answered.incrementAndGet();
                        }
                    } catch (RuntimeException | AssertionError e) {
                        return; // the listener is closed
                    }
                }
            });
            thread.setDaemon(true);
            thread.start();
            load.add(thread);
        }
        Redises.await("load").until(() -> answered.get() > 200);
        service.drain();
        running.set(false);
        for (Thread thread : load) {
            thread.join(10_000);
        }
        assertThat(FAILURES)
                .as("commands that failed because the pool closed first")
                .isEmpty();
        Redises.await("the server has no connection of ours left")
                .until(() -> !SERVER.command("CLIENT", "LIST").contains("name=orders-service"));
    }

    @Test
    void showsItsHealthAndItsMeters() {
        assertThat(service.client().get("/orders").status()).isEqualTo(200);
        assertThat(service.admin().get("/health").body())
                .contains("redis-sessions")
                .contains("redis-bus");
        assertThat(service.admin().get("/metrics").body())
                .contains("lettuce_connections{")
                .contains("lettuce_command_completion_seconds");
    }

    @Test
    void reportsTheKeyOfAPoolWithAName() {
        assertThatThrownBy(() -> Chassis.start(
                        "broken",
                        Map.of(
                                "chassis.http.port",
                                "0",
                                "chassis.admin.port",
                                "0",
                                "chassis.redis.sessions.url",
                                "http://x"),
                        parts -> parts.add(RedisPool.from(parts, "sessions"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("chassis.redis.sessions.url");
    }

    @Test
    void saysWhatToAddWhereLettuceIsMissing() throws Exception {
        URL[] withoutLettuce = Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .filter(entry -> !entry.contains("lettuce-core"))
                .map(Path::of)
                .map(RedisServiceTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(withoutLettuce, ClassLoader.getPlatformClassLoader())) {
            Class<?> pool = loader.loadClass("dev.chassis.redis.RedisPool");
            Class<?> config = loader.loadClass("dev.chassis.redis.RedisConfig");
            // Found as a compiled call finds it; reflection would look at every method.
            MethodHandle of = MethodHandles.publicLookup()
                    .findStatic(pool, "of", MethodType.methodType(pool, String.class, config));
            assertThatThrownBy(() -> of.invokeWithArguments("redis", null))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("io.lettuce:lettuce-core");
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (java.net.MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void assemble(Service parts) {
        var redis = parts.add(RedisPool.from(parts));
        var sessions = parts.add(RedisPool.from(parts, "sessions").sharing(redis));
        var bus = parts.add(RedisBus.over(redis));
        bus.subscribe("orders", Subscriber.of(message -> {}));
        parts.http(routes -> routes.get("/orders", request -> {
            try {
                redis.sync().incr("orders");
                Thread.sleep(5); // work between two commands: the pool must outlive it
                sessions.sync().incr("sessions");
                bus.publish("orders", new byte[] {1});
                return Response.text("done");
            } catch (RuntimeException e) {
                FAILURES.add(e);
                throw e;
            }
        }));
    }
}
