package dev.chassis.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.chassis.lifecycle.Component;
import dev.chassis.redis.RedisCredentials.Login;
import dev.chassis.testing.RedisServer;
import io.lettuce.core.RedisException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logins that change while a pool is used. */
class RedisCredentialsTest {

    private RedisServer server;

    @BeforeEach
    void startServer() {
        server = RedisServer.start();
        server.command("ACL", "SETUSER", "orders", "on", ">one", "~*", "&*", "+@all");
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void rotatesUnderLoadWithoutAFailedCommand() throws Exception {
        AtomicReference<String> password = new AtomicReference<>("one");
        RedisPool<String, String> pool = Redises.started(RedisPool.of("redis", Redises.config("url", server.url()))
                .withCredentials(() -> Login.of("orders", Objects.requireNonNull(password.get()))));
        RedisBus bus = RedisBus.over(pool);
        bus.start(Redises.soon());
        AtomicBoolean running = new AtomicBoolean(true);
        AtomicLong succeeded = new AtomicLong();
        List<Exception> failures = new CopyOnWriteArrayList<>();
        Thread shared = load(running, failures, () -> {
            pool.sync().incr("load");
            succeeded.incrementAndGet();
        });
        Thread leased = load(running, failures, () -> {
            try (RedisLease<String, String> lease = pool.lease()) {
                lease.on("tx").multi();
                lease.on("tx").incr("tx");
                lease.on("tx").exec();
            }
        });
        Redises.await("load").until(() -> succeeded.get() > 500);
        for (String next : List.of("two", "three", "four")) {
            String old = Objects.requireNonNull(password.get());
            long logins = logins();
            server.command("ACL", "SETUSER", "orders", ">" + next);
            password.set(next);
            pool.reauthenticate();
            Redises.await("every connection has logged in again").until(() -> logins() >= logins + 3);
            server.command("ACL", "SETUSER", "orders", "<" + old);
            long before = succeeded.get();
            Redises.await("load with the new one").until(() -> succeeded.get() > before + 500);
        }
        running.set(false);
        shared.join(10_000);
        leased.join(10_000);
        assertThat(failures).isEmpty();
        server.command("CLIENT", "KILL", "TYPE", "normal");
        Redises.await("a new connection has the new password, too").until(() -> works(pool));
        bus.stop(Redises.soon());
        pool.stop(Redises.soon());
    }

    @Test
    void logsInAgainOnSchedule() throws Exception {
        AtomicBoolean away = new AtomicBoolean();
        RedisPool<String, String> pool =
                Redises.started(RedisPool.of("redis", Redises.config("url", server.url(), "reauthenticate", "50ms"))
                        .withCredentials(() -> {
                            if (away.compareAndSet(true, false)) {
                                throw new java.io.IOException("the issuer of tokens is away");
                            }
                            return Login.of("orders", "one");
                        }));
        away.set(true);
        Redises.await("the failure").until(() -> !away.get());
        long before = logins();
        Redises.await("more logins, beyond the failure").until(() -> logins() >= before + 3);
        assertThat(pool.sync().aclWhoami()).isEqualTo("orders");
        pool.stop(Redises.soon());
    }

    /** Lettuce may lose the reason of a refused login to the close that follows it; an attempt after that tells it. */
    @Test
    void endsTheStartWhenTheProviderSaysTheWrongThing() {
        Component pool = RedisPool.of("redis", Redises.config("url", server.url()))
                .withCredentials(() -> Login.of("orders", "wrong"));
        Redises.await("the refusal")
                .until(() -> catchThrowable(() -> pool.start(Redises.soon())) instanceof IllegalStateException);
        Redises.await("its threads have ended")
                .until(() -> Redises.threadsNamed("redis-").isEmpty());
    }

    @Test
    void neverShowsThePassword() {
        assertThat(Login.of("orders", "secret").toString()).isEqualTo("Login[orders]");
    }

    private long logins() {
        String line = server.info("cmdstat_auth");
        return line.isEmpty() ? 0 : Long.parseLong(line.substring("calls=".length(), line.indexOf(',')));
    }

    private static boolean works(RedisPool<String, String> pool) {
        try {
            return pool.sync().aclWhoami().equals("orders");
        } catch (RedisException e) {
            return false;
        }
    }

    private static Thread load(AtomicBoolean running, List<Exception> failures, Work work) {
        Thread thread = new Thread(() -> {
            while (running.get()) {
                try {
                    work.run();
                } catch (Exception e) {
                    failures.add(e);
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private interface Work {
        void run() throws Exception;
    }
}
