package dev.chassis.bench.redis;

import dev.chassis.config.Configuration;
import dev.chassis.redis.RedisConfig;
import dev.chassis.redis.RedisPool;
import dev.chassis.testing.RedisServer;
import dev.chassis.time.Deadline;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** What is compared: the same GET over the pool, over one connection of Lettuce, and over a new connection each time. */
record Subjects(
        RedisPool<String, String> plainPool,
        RedisPool<String, String> tlsPool,
        RedisClient client,
        StatefulRedisConnection<String, String> connection,
        RedisURI plainUri,
        RedisURI tlsUri)
        implements AutoCloseable {

    static Subjects open(RedisServer plain, RedisServer tls) throws Exception {
        plain.command("SET", "key", "value");
        tls.command("SET", "key", "value");
        String authority = tls.certificateAuthority().toString();
        RedisPool<String, String> plainPool = pool("redis", Map.of("chassis.redis.url", plain.url()));
        RedisPool<String, String> tlsPool =
                pool("redis-tls", Map.of("chassis.redis.url", tls.url(), "chassis.redis.tls.ca-file", authority));
        RedisClient client = RedisClient.create();
        client.setOptions(ClientOptions.builder()
                .sslOptions(SslOptions.builder()
                        .trustManager(tls.certificateAuthority().toFile())
                        .build())
                .build());
        RedisURI plainUri = RedisURI.create(plain.url());
        return new Subjects(plainPool, tlsPool, client, client.connect(plainUri), plainUri, RedisURI.create(tls.url()));
    }

    /** With its meters, as in a service. */
    static RedisPool<String, String> pool(String name, Map<String, String> keys) throws Exception {
        RedisConfig config = Configuration.load(Map.of(), Map.of(), keys).bind("chassis.redis", RedisConfig.class);
        RedisPool<String, String> pool = RedisPool.of(name, config);
        pool.bindTo(new SimpleMeterRegistry());
        pool.start(Deadline.after(Duration.ofSeconds(20)));
        return pool;
    }

    Supplier<String> pool() {
        return () -> plainPool.sync().get("key");
    }

    Supplier<String> poolTls() {
        return () -> tlsPool.sync().get("key");
    }

    Supplier<String> bare() {
        return () -> connection.sync().get("key");
    }

    String fresh() {
        return once(plainUri);
    }

    String freshTls() {
        return once(tlsUri);
    }

    private String once(RedisURI uri) {
        try (StatefulRedisConnection<String, String> fresh = client.connect(uri)) {
            return fresh.sync().get("key");
        }
    }

    @Override
    public void close() throws Exception {
        plainPool.stop(Deadline.after(Duration.ofSeconds(5)));
        tlsPool.stop(Deadline.after(Duration.ofSeconds(5)));
        client.shutdown();
    }
}
