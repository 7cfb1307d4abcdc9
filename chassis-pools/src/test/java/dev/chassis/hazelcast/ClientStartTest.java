package dev.chassis.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.chassis.lifecycle.TransientFailureException;
import dev.chassis.testing.FaultProxy;
import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ways in which a client does not connect. */
@Timeout(60)
class ClientStartTest {

    private static final Deadline LONG = Deadline.after(Duration.ofMinutes(10));
    private static final Map<String, String> SHORTLY = Map.of("connect-timeout", "500ms");

    private static Member member;

    @BeforeAll
    static void startMember() {
        member = Member.start("orders");
    }

    @AfterAll
    static void stopMember() {
        member.close();
    }

    @AfterEach
    void nothingIsHeld() {
        await().until(ClientStartTest::clientThreads, List::isEmpty);
    }

    @Test
    void noMemberIsAPassingFailureThatSaysWhereItLooked() {
        String nowhere = "127.0.0.1:" + Member.freePort();

        assertThatThrownBy(() -> Settings.client("orders", nowhere, SHORTLY).start(LONG))
                .isInstanceOf(TransientFailureException.class)
                .hasMessage("no member of cluster \"orders\" reached at " + nowhere);
    }

    @Test
    void anUnknownHostIsNamed() {
        // The limit may pass before the name is looked up; then it is not known to be unknown.
        await().untilAsserted(() -> assertThatThrownBy(() ->
                        Settings.client("orders", "nowhere.invalid", SHORTLY).start(LONG))
                .isInstanceOf(TransientFailureException.class)
                .hasMessageContaining("(unknown: nowhere.invalid)"));
    }

    @Test
    void theNameOfAnotherClusterEndsTheStartLongBeforeItsLimit() {
        HazelcastPool pool = Settings.client("payments", member.address(), Map.of("connect-timeout", "10m"));

        assertThatThrownBy(() -> pool.start(LONG))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("refused by " + member.address()
                        + ": no cluster named \"payments\" there (expected: the name that its members have)");
    }

    @Test
    void aMemberOfAnotherClusterAmongTheAddressesIsPassedOver() throws Exception {
        try (Member stranger = Member.start("payments")) {
            HazelcastPool pool = Settings.client("orders", stranger.address() + "," + member.address(), Map.of());
            pool.start(LONG);
            assertThat(pool.hazelcast().getCluster().getMembers()).hasSize(1);
            pool.stop(LONG);
        }
    }

    @Test
    void aMemberThatAcceptsAndSaysNothingIsAPassingFailure() {
        try (FaultProxy proxy =
                FaultProxy.to("127.0.0.1", Integer.parseInt(member.address().split(":")[1]))) {
            proxy.stall();
            HazelcastPool pool = Settings.client("orders", "127.0.0.1:" + proxy.port(), SHORTLY);

            assertThatThrownBy(() -> pool.start(LONG)).isInstanceOf(TransientFailureException.class);
        }
    }

    @Test
    void theDeadlineEndsAStartBeforeItsOwnLimit() {
        HazelcastPool pool = Settings.client("orders", "127.0.0.1:" + Member.freePort(), Map.of());

        assertThatThrownBy(() -> pool.start(Deadline.after(Duration.ofMillis(300))))
                .isInstanceOf(TransientFailureException.class);
    }

    @Test
    void aSecondAttemptMayConnect() throws Exception {
        int port = Member.freePort();
        HazelcastPool pool = Settings.client("orders", "127.0.0.1:" + port, Map.of());
        assertThatThrownBy(() -> pool.start(Deadline.after(Duration.ofMillis(500))))
                .isInstanceOf(TransientFailureException.class);

        try (Member late = Member.start("orders", port, config -> {})) {
            pool.start(LONG);
            assertThat(pool.map("a").put("k", "v")).isNull();
            pool.stop(LONG);
        }
    }

    @Test
    void beforeItsStartAndAfterItsStopItSaysThatItIsNotStarted() throws Exception {
        HazelcastPool pool = Settings.client("orders", member.address(), Map.of());
        assertThatThrownBy(pool::hazelcast).hasMessage("hazelcast is not started, or was stopped");
        pool.start(LONG);
        pool.stop(LONG);
        assertThatThrownBy(pool::hazelcast).hasMessage("hazelcast is not started, or was stopped");
    }

    private static List<String> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("hz.client_") || name.endsWith("-connect"))
                .toList();
    }
}
