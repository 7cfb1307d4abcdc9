package dev.chassis.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.map.IMap;
import com.hazelcast.nearcache.NearCacheStats;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Maps through the pool: their near caches and their meters. */
@Timeout(60)
class NearCacheTest {

    private static final Deadline LONG = Deadline.after(Duration.ofMinutes(10));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Member member;
    private HazelcastPool pool;

    @BeforeEach
    void start() throws Exception {
        member = Member.start("orders", Member.freePort(), NearCacheTest::soon);
        pool = Settings.client(
                "orders",
                member.address(),
                Map.of(
                        "near-caches.orders.max-entries",
                        "100",
                        "near-caches.price-*.objects",
                        "true",
                        "metered-maps",
                        "plain"));
        pool.bindTo(meters);
        pool.start(LONG);
    }

    @AfterEach
    void stop() throws Exception {
        pool.stop(LONG);
        member.close();
    }

    @Test
    void theSecondReadIsAnsweredHere() {
        IMap<String, String> map = pool.map("orders");
        map.put("k", "v");
        long asked = member.instance().getMap("orders").getLocalMapStats().getGetOperationCount();
        for (int read = 0; read < 10; read++) {
            assertThat(map.get("k")).isEqualTo("v");
        }

        assertThat(stats(map).getHits()).isEqualTo(9);
        assertThat(member.instance().getMap("orders").getLocalMapStats().getGetOperationCount())
                .isEqualTo(asked + 1);
        assertThat(meters.get("cache.near.requests")
                        .tags("cache", "orders", "pool", "hazelcast", "result", "hit")
                        .gauge()
                        .value())
                .isEqualTo(9);
    }

    @Test
    void aChangeByAnybodyRemovesTheEntryShortlyAfter() {
        IMap<String, String> map = pool.map("orders");
        map.put("k", "old");
        assertThat(map.get("k")).isEqualTo("old");
        member.instance().getMap("orders").put("k", "new");

        await().untilAsserted(() -> assertThat(map.get("k")).isEqualTo("new"));
        assertThat(stats(map).getInvalidations()).isPositive();
    }

    @Test
    void aFullNearCacheLetsEntriesGo() {
        IMap<Integer, Integer> map = pool.map("orders");
        for (int key = 0; key < 1_000; key++) {
            map.set(key, key);
            map.get(key);
        }
        await().untilAsserted(() -> assertThat(stats(map).getOwnedEntryCount()).isLessThanOrEqualTo(100));
        assertThat(stats(map).getEvictions()).isPositive();
    }

    @Test
    void aNameWithAnAsteriskIsForManyMaps() {
        IMap<String, StringBuilder> map = pool.map("price-list");
        map.put("k", new StringBuilder("v"));

        assertThat(map.get("k")).isSameAs(map.get("k")); // kept as objects
        assertThat(pool.hazelcast().getDistributedObjects())
                .noneMatch(object -> object.getName().contains("*"));
    }

    @Test
    void mapsAreMeteredWhenTheyAreConfiguredOrAskedFor() {
        pool.map("asked");
        pool.map("asked");

        for (String map : new String[] {"orders", "plain", "asked"}) {
            assertThat(meters.get("cache.gets")
                            .tags("cache", map, "result", "hit")
                            .functionCounter()
                            .count())
                    .isZero();
        }
        assertThat(meters.get("hazelcast.connected").gauge().value()).isOne();
        assertThat(meters.get("hazelcast.members").gauge().value()).isOne();
    }

    // Members collect what is changed for ten seconds before they tell.
    private static void soon(Config config) {
        config.setProperty("hazelcast.map.invalidation.batchfrequency.seconds", "1");
    }

    private static NearCacheStats stats(IMap<?, ?> map) {
        return map.getLocalMapStats().getNearCacheStats();
    }
}
