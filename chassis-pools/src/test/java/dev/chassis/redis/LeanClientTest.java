package dev.chassis.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.testing.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Blocking commands that are made when they are first asked for are those that Lettuce makes at once. */
class LeanClientTest {

    private static RedisServer server;
    private static ClientResources resources;
    private static RedisClient client;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        resources = ClientResources.create();
        client = new LeanClient(resources);
    }

    @AfterAll
    static void stop() {
        client.shutdown();
        resources.shutdown();
        server.close();
    }

    @Test
    void blocksForWhoeverAsksFirst() throws Exception {
        ExecutorService together = Executors.newFixedThreadPool(8);
        try (StatefulRedisConnection<String, String> connection = client.connect(RedisURI.create(server.url()))) {
            Callable<Long> count = () -> connection.sync().incr("asked");

            for (Future<Long> counted : together.invokeAll(Collections.nCopies(64, count))) {
                counted.get();
            }

            assertThat(connection.sync().get("asked")).isEqualTo("64");
            assertThat(connection.sync()).isSameAs(connection.sync());
        } finally {
            together.shutdownNow();
        }
    }

    @Test
    void blocksForSubscribersToo() {
        try (StatefulRedisPubSubConnection<String, String> connection =
                client.connectPubSub(StringCodec.UTF8, RedisURI.create(server.url()))) {
            connection.sync().subscribe("news");

            assertThat(connection.sync().pubsubNumsub("news")).containsEntry("news", 1L);
            assertThat(connection.sync()).isSameAs(connection.sync());
        }
    }

    @Test
    void keepsTransactionsApartFromAnswers() {
        try (StatefulRedisConnection<String, String> connection = client.connect(RedisURI.create(server.url()))) {
            connection.sync().multi();
            assertThat(connection.sync().set("a", "1")).isNull();

            assertThat(connection.sync().exec().<String>get(0)).isEqualTo("OK");
        }
    }
}
