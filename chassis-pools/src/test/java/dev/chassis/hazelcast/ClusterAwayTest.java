package dev.chassis.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClientOfflineException;
import com.hazelcast.config.Config;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.map.IMap;
import com.hazelcast.spi.exception.TargetDisconnectedException;
import dev.chassis.health.Health;
import dev.chassis.testing.FaultProxy;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client does while there is no cluster, and when there is one again. */
@Timeout(120)
class ClusterAwayTest {

    private static final Deadline LONG = Deadline.after(Duration.ofMinutes(10));
    private static final Map<String, String> SHORT_LIMITS = Map.of(
            "heartbeat-interval", "200ms",
            "heartbeat-timeout", "1s",
            "invocation-timeout", "1s");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private HazelcastPool pool = Settings.client("orders", "127.0.0.1", Map.of());

    @AfterEach
    void stop() throws Exception {
        pool.stop(LONG);
    }

    @Test
    void operationsFailAtOnceWhileItIsAwayAndWorkWhenItIsBack() throws Exception {
        int port = Member.freePort();
        try (MemberProcess first = MemberProcess.start("orders", port)) {
            start(Settings.client("orders", first.address(), Map.of()));
            pool.map("a").put("k", "v");
            first.kill();
            await().until(() -> pool.health().status() == Health.Status.DOWN);

            assertThat(connected()).isZero();
            assertThatThrownBy(() -> pool.map("a").get("k")).isInstanceOf(HazelcastClientOfflineException.class);
            assertThatThrownBy(() -> pool.healthChecks().get(0).check())
                    .isInstanceOf(HazelcastClientOfflineException.class);
        }
        try (MemberProcess second = MemberProcess.start("orders", port)) {
            long began = System.nanoTime();
            await().atMost(Duration.ofSeconds(30)).until(() -> pool.health().status() == Health.Status.UP);
            System.out.printf("connected again %d ms after the member served%n", millisSince(began));

            assertThat(pool.map("a").get("k")).isNull(); // one member held it, and that one died
            assertThat(pool.healthChecks().get(0).check().status()).isEqualTo(Health.Status.UP);
            assertThat(connected()).isOne();
        }
    }

    @Test
    void anOperationThatMayWaitIsDoneWhenTheClusterIsBack() throws Exception {
        int port = Member.freePort();
        IMap<String, String> map;
        try (MemberProcess first = MemberProcess.start("orders", port)) {
            start(Settings.client(
                    "orders", first.address(), Map.of("while-away", "wait", "invocation-timeout", "60s")));
            map = pool.map("a");
            first.kill();
            await().until(() -> pool.health().status() == Health.Status.DOWN);
        }
        CompletableFuture<String> waiting = map.putAsync("k", "v").toCompletableFuture();
        try (MemberProcess second = MemberProcess.start("orders", port)) {
            waiting.get(60, TimeUnit.SECONDS);
            assertThat(map.get("k")).isEqualTo("v");
        }
    }

    @Test
    void anOperationThatMayWaitGivesUpAfterTheInvocationTimeout() throws Exception {
        try (MemberProcess member = MemberProcess.start("orders", Member.freePort())) {
            start(Settings.client(
                    "orders", member.address(), Map.of("while-away", "wait", "invocation-timeout", "1s")));
            IMap<String, String> map = pool.map("a");
            member.kill();
            await().until(() -> pool.health().status() == Health.Status.DOWN);

            assertThatThrownBy(() -> map.get("k")).isInstanceOf(OperationTimeoutException.class);
        }
    }

    @Test
    void aHalfOpenConnectionIsGivenUpAndMadeAnew() throws Exception {
        int port = Member.freePort();
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", port);
                Member member = Member.start("orders", port, behind(proxy))) {
            start(Settings.client("orders", "127.0.0.1:" + proxy.port(), SHORT_LIMITS));
            IMap<String, String> map = pool.map("a");
            map.put("k", "v");
            proxy.stall();

            CompletableFuture<String> stalled = map.getAsync("k").toCompletableFuture();
            assertThatThrownBy(() -> stalled.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfAny(HazelcastClientOfflineException.class, OperationTimeoutException.class);
            proxy.cut();
            proxy.forward();

            await().atMost(Duration.ofSeconds(30)).until(() -> pool.health().status() == Health.Status.UP);
            assertThat(map.get("k")).isEqualTo("v");
            // The member drops the connection that was cut when its own thread finds it closed, which may be later.
            await().untilAsserted(() -> assertThat(
                            member.instance().getClientService().getConnectedClients())
                    .hasSize(1));
        }
    }

    @Test
    void aWriteWhoseConnectionBrokeIsNotSentAgain() throws Exception {
        int port = Member.freePort();
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", port);
                Member member = Member.start("orders", port, behind(proxy))) {
            start(Settings.client("orders", "127.0.0.1:" + proxy.port(), SHORT_LIMITS));
            IMap<String, String> map = pool.map("a");
            map.put("k", "0");
            proxy.delayToClient(Duration.ofHours(1)); // done, and nobody learns of it

            CompletableFuture<String> write = map.putAsync("k", "1").toCompletableFuture();
            await().until(() -> "1".equals(member.instance().getMap("a").get("k")));
            proxy.cut();
            proxy.delayToClient(Duration.ZERO);

            assertThatThrownBy(() -> write.get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(TargetDisconnectedException.class);
            assertThat(member.instance().getMap("a").getLocalMapStats().getPutOperationCount())
                    .isEqualTo(2);
        }
    }

    private void start(HazelcastPool client) throws Exception {
        pool = client;
        pool.bindTo(meters);
        pool.start(LONG);
    }

    private double connected() {
        return meters.get("hazelcast.connected")
                .tag("pool", "hazelcast")
                .gauge()
                .value();
    }

    // Clients go where the member says it is, so it has to say the proxy.
    private static Consumer<Config> behind(FaultProxy proxy) {
        return config -> config.getNetworkConfig().setPublicAddress("127.0.0.1:" + proxy.port());
    }

    private static long millisSince(long began) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }
}
