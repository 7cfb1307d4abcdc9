package dev.chassis.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chassis.config.Configuration;
import dev.chassis.redis.RedisBus;
import dev.chassis.redis.RedisConfig;
import dev.chassis.redis.RedisPool;
import dev.chassis.testing.RedisServer;
import dev.chassis.time.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tickets at two tasks with a real Redis between them. */
@Timeout(60)
class TicketNewsTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final Principal ANN = Principal.of("ann");

    private RedisServer redis;
    private RedisPool<String, String> pool;
    private RedisBus bus;
    private Task here;
    private Task there;

    private static final class Task {
        private final Tickets tickets = new Tickets(KEY, Duration.ofMinutes(5), this::tell);
        private final TicketNews news;

        Task(RedisBus bus) {
            news = new TicketNews(bus, "tickets", tickets);
            news.start();
        }

        private void tell(byte[] ticket) {
            news.tell(ticket);
        }
    }

    @BeforeEach
    void start() throws Exception {
        redis = RedisServer.start();
        Configuration configuration = Configuration.load(
                Map.of(), Map.of(), Map.of("chassis.redis.url", redis.url(), "chassis.redis.command-timeout", "1s"));
        RedisConfig config = configuration.bind(RedisConfig.class);
        configuration.verify();
        pool = RedisPool.of("redis", config);
        bus = RedisBus.over(pool);
        pool.start(Deadline.after(Duration.ofSeconds(20)));
        bus.start(Deadline.after(Duration.ofSeconds(20)));
        here = new Task(bus);
        there = new Task(bus);
    }

    @AfterEach
    void stop() throws Exception {
        here.news.stop();
        there.news.stop();
        bus.stop(Deadline.after(Duration.ofSeconds(5)));
        pool.stop(Deadline.after(Duration.ofSeconds(5)));
        redis.close();
    }

    @Test
    void aTicketThatWasUsedHereIsSoonOfNoUseThere() {
        String ticket = here.tickets.issue(ANN);
        assertThat(here.tickets.redeem(ticket)).contains(ANN);
        assertThat(here.tickets.redeem(ticket)).isEmpty();

        await().untilAsserted(() -> assertThat(there.tickets.knownAsUsed()).isOne());
        assertThat(there.tickets.redeem(ticket)).isEmpty();
    }

    @Test
    void nobodyWaitsForARedisThatHangsNorIsRefusedForIt() {
        redis.pause();
        try {
            for (int i = 0; i < 1_000; i++) { // each would take the command time-out of a second, and then fail
                assertThat(here.tickets.redeem(here.tickets.issue(ANN))).contains(ANN);
            }
        } finally {
            redis.resume();
        }
    }
}
