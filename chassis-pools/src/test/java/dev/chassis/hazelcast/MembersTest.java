package dev.chassis.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import dev.chassis.lifecycle.TransientFailureException;
import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members that join, keep their data together and leave. */
@Timeout(180)
class MembersTest {

    private static final int KEYS = 1_000;

    private final int[] ports =
            IntStream.range(0, 6).map(i -> Member.freePort()).toArray();
    private final String everybody =
            IntStream.of(ports).mapToObj(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    private final Deque<HazelcastPool> running = new ArrayDeque<>();

    @BeforeAll
    static void quiet() {
        Member.quiet();
    }

    @AfterEach
    void stop() {
        running.forEach(pool -> pool.hazelcast().getLifecycleService().terminate());
    }

    @Test
    void threeMembersAreReplacedOneByOneUnderLoadAndNothingIsLost() throws Exception {
        for (int port = 0; port < 3; port++) {
            running.add(started(member("orders", ports[port], Map.of())));
        }
        HazelcastPool client = Settings.client("orders", everybody, Map.of());
        client.start(deadline());
        Load load = Load.on(client.map("orders"));
        for (int port = 3; port < 6; port++) {
            running.add(started(member("orders", ports[port], Map.of("member.minimum-members", "4"))));
            running.remove().stop(deadline());
        }
        load.stop();

        System.out.printf("replaced 3 members: %s%n", load);
        assertThat(load.acknowledged()).isPositive();
        assertThat(load.failuresOtherThanUnknownOutcomes()).isEmpty();
        assertThat(load.lost(client.map("orders"))).isEmpty();
        // It is told by the members, later.
        await().until(() -> client.hazelcast().getCluster().getMembers().size() == 3);
        client.stop(deadline());
    }

    @Test
    void aMemberThatLeavesHandsItsDataOver() throws Exception {
        HazelcastPool stays = started(noBackups(member("orders", ports[0], Map.of())));
        HazelcastPool leaves = started(noBackups(member("orders", ports[1], Map.of())));
        running.add(stays);
        IMap<Integer, Integer> map = leaves.map("orders");
        IntStream.range(0, KEYS).forEach(key -> map.set(key, key));

        leaves.stop(deadline());

        assertThat(stays.map("orders").size()).isEqualTo(KEYS);
    }

    @Test
    void aMemberWithoutTimeToHandItsDataOverSaysSo() throws Exception {
        HazelcastPool stays = started(member("orders", ports[0], Map.of()));
        HazelcastPool leaves = started(member("orders", ports[1], Map.of()));
        running.add(stays);
        IMap<Integer, Integer> map = leaves.map("orders");
        IntStream.range(0, KEYS).forEach(key -> map.set(key, key));

        assertThatThrownBy(() -> leaves.stop(Deadline.after(Duration.ZERO)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("by the deadline");
        assertThatThrownBy(() -> leaves.stop(deadline())).hasMessageContaining("before its data was handed over");

        await().until(() -> stays.hazelcast().getCluster().getMembers().size() == 1);
        assertThat(stays.map("orders").size()).isEqualTo(KEYS); // thanks to the backups
    }

    @Test
    void aMemberThatFoundNobodyIsNotReadyWhereMoreAreRequired() {
        HazelcastPool alone =
                member("orders", ports[0], Map.of("member.minimum-members", "2", "connect-timeout", "1s"));

        assertThatThrownBy(() -> alone.start(Deadline.after(Duration.ofSeconds(10))))
                .isInstanceOf(TransientFailureException.class)
                .hasMessage("found 1 of at least 2 members at " + everybody.replace(",", ", "));
    }

    @Test
    void theMembersOfTwoServicesDoNotJoinEachOther() throws Exception {
        Stream.of("orders", "payments", "orders", "payments")
                .forEach(cluster -> running.add(member(cluster, ports[running.size()], Map.of())));
        for (HazelcastPool pool : running) {
            pool.start(deadline());
        }
        for (HazelcastPool pool : running) {
            await().until(() -> pool.hazelcast().getCluster().getMembers().size() == 2);
        }
    }

    private HazelcastPool member(String cluster, int port, Map<String, String> more) {
        return Settings.member(cluster, port, everybody, more);
    }

    private static HazelcastPool noBackups(HazelcastPool member) {
        return member.withMemberConfig(config -> config.getMapConfig("orders").setBackupCount(0));
    }

    private static HazelcastPool started(HazelcastPool pool) throws Exception {
        pool.start(deadline());
        return pool;
    }

    private static Deadline deadline() {
        return Deadline.after(Duration.ofSeconds(60));
    }
}
