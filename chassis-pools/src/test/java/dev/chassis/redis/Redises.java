package dev.chassis.redis;

import dev.chassis.config.Configuration;
import dev.chassis.testing.RedisServer;
import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Settings and pools for tests. */
final class Redises {

    private Redises() {}

    /** A configuration with these keys, without their prefix, given as key, value, key, value. */
    static RedisConfig config(String... keysAndValues) {
        Map<String, String> overrides = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            overrides.put("chassis.redis." + keysAndValues[i], keysAndValues[i + 1]);
        }
        Configuration configuration = Configuration.load(Map.of(), Map.of(), overrides);
        RedisConfig config = configuration.bind(RedisConfig.class);
        configuration.verify();
        return config;
    }

    static RedisPool<String, String> pool(RedisServer server) {
        return RedisPool.of("redis", config("url", server.url()));
    }

    static <K, V> RedisPool<K, V> started(RedisPool<K, V> pool) throws Exception {
        pool.start(soon());
        return pool;
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    /** Polls often, for 30 s at most. */
    static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(10));
    }

    /** The names of the threads that live now and have names like this. */
    static List<String> threadsNamed(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }
}
