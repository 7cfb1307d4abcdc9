package dev.chassis.outbox;

import dev.chassis.config.Configuration;
import dev.chassis.messaging.Message;
import dev.chassis.time.Deadline;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** Settings, and writers that keep an order. */
final class Outboxes {

    private Outboxes() {}

    /** A configuration with these keys, without their prefix, given as key, value, key, value; quick by default. */
    static OutboxConfig config(String... keysAndValues) {
        Map<String, String> overrides = new LinkedHashMap<>(Map.of(
                "chassis.outbox.poll-interval", "50ms",
                "chassis.outbox.lease", "2s",
                "chassis.outbox.send-timeout", "5s",
                "chassis.outbox.retry-min", "10ms",
                "chassis.outbox.retry-max", "200ms"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            overrides.put("chassis.outbox." + keysAndValues[i], keysAndValues[i + 1]);
        }
        Configuration configuration = Configuration.load(Map.of(), Map.of(), overrides);
        OutboxConfig config = configuration.bind(OutboxConfig.class);
        configuration.verify();
        return config;
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(20));
    }

    static Message message(String text) {
        return Message.of(text.getBytes(StandardCharsets.UTF_8), "text/plain");
    }

    /** Makes a table with one row per key, which writers lock as they would lock an order. */
    static void createKeys(TestDatabase database, int keys) {
        database.execute("drop table if exists aggregate");
        database.execute("create table aggregate (name varchar(50) primary key, version integer not null)");
        for (int key = 0; key < keys; key++) {
            database.execute("insert into aggregate values ('k" + key + "', 0)");
        }
    }

    /** Threads that add the messages 1 to {@code each} of every key, at random, now and then rolling back. Returns when all are added. */
    static void write(TestDatabase database, Outbox outbox, String queue, int keys, int each, int threads)
            throws Exception {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread writer = new Thread(() -> {
                try {
                    while (writeOne(database, outbox, queue, keys, each)) {}
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            writer.start();
            writers.add(writer);
        }
        for (Thread writer : writers) {
            writer.join();
        }
        if (failure.get() != null) {
            throw new AssertionError("a writer failed", failure.get());
        }
    }

    private static boolean writeOne(TestDatabase database, Outbox outbox, String queue, int keys, int each)
            throws Exception {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int first = random.nextInt(keys);
        for (int i = 0; i < keys; i++) {
            String key = "k" + (first + i) % keys;
            boolean[] more = new boolean[1];
            boolean undo = random.nextInt(10) == 0;
            try {
                database.transaction(connection -> {
                    int version = next(connection, key, each);
                    more[0] = version > 0;
                    if (version > 0) {
                        outbox.add(connection, "", queue, key, message(key + ":" + version));
                    }
                    if (undo) {
                        throw new UndoneException();
                    }
                });
            } catch (UndoneException expected) {
                more[0] = true;
            }
            if (more[0]) {
                return true;
            }
        }
        return false;
    }

    /** Locks the key and gives its next number; 0 if there is none. */
    private static int next(Connection connection, String key, int each) throws SQLException {
        int version = Sql.query(
                        connection,
                        "select version from aggregate where name = ? for update",
                        row -> row.getInt(1),
                        key)
                .get(0);
        if (version == each) {
            return 0;
        }
        Sql.update(connection, "update aggregate set version = version + 1 where name = ?", key);
        return version + 1;
    }

    private static final class UndoneException extends Exception {

        private static final long serialVersionUID = 1L;
    }
}
