package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.chassis.health.Health;
import dev.chassis.messaging.PublishResult.Outcome;
import dev.chassis.testing.RabbitServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A broker of the test's own, which runs out of memory, throws everybody out, is restarted, and speaks TLS. */
class BrokerFaultsTest {

    private static RabbitServer server;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final String queue = Rabbits.unique("broker");

    @SuppressWarnings("NullAway.Init")
    private RabbitConnection rabbit;

    @SuppressWarnings("NullAway.Init")
    private Publisher publisher;

    @BeforeAll
    static void startServer() {
        server = RabbitServer.settings().tls().start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @AfterEach
    void stop() throws Exception {
        if (publisher != null) {
            publisher.stop(Rabbits.soon());
            rabbit.stop(Rabbits.soon());
        }
    }

    @Test
    void refusesWhileTheBrokerIsShortOfMemoryAndStaysConnected() throws Exception {
        start("publish.window-timeout", "0s");
        server.memoryAlarm(true);
        try {
            Rabbits.await("told that it is blocked").until(() -> {
                publisher.publish(queue, message()); // the broker blocks who publishes
                return rabbit.publishing().isBlocked();
            });
            assertThat(rabbit.health().status()).isEqualTo(Health.Status.DEGRADED);
            PublishResult refused = PublisherTest.get(publisher.publish(queue, message()));
            assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(refused.detail()).contains("blocked by the broker").contains("memory");
        } finally {
            server.memoryAlarm(false);
        }
        Rabbits.await("unblocked").until(() -> !rabbit.publishing().isBlocked());
        assertThat(PublisherTest.get(publisher.publish(queue, message())).isConfirmed())
                .isTrue();
        assertThat(rabbit.health()).isEqualTo(Health.up());
        assertThat(rabbit.publishing().generation()).isEqualTo(1);
        assertThat(meters.get("rabbitmq.blocked")
                        .tag("role", "publish")
                        .functionCounter()
                        .count())
                .isPositive();
    }

    @Test
    void stopsByItsDeadlineWhileItIsBlocked() throws Exception {
        start();
        server.memoryAlarm(true);
        try {
            CompletionStage<PublishResult> unconfirmed = publisher.publish(queue, message());
            Rabbits.await("blocked").until(() -> rabbit.publishing().isBlocked());
            publisher.stop(Rabbits.soon());
            rabbit.stop(Rabbits.soon());
            assertThat(rabbit.publishing().state()).isEqualTo(Role.State.CLOSED);
            assertThat(unconfirmed.toCompletableFuture()).isDone();
        } finally {
            server.memoryAlarm(false);
        }
    }

    @Test
    void comesBackWhenTheBrokerClosesEveryConnection() throws Exception {
        start("publish.window-timeout", "10s");
        server.closeAllConnections("maintenance");
        Rabbits.await("another generation").until(() -> rabbit.publishing().generation() == 2);
        assertThat(PublisherTest.get(publisher.publish(queue, message())).isConfirmed())
                .isTrue();
    }

    @Test
    void declaresAgainWhenTheBrokerIsRestarted() throws Exception {
        start("publish.window-timeout", "10s", "publish.confirm-timeout", "20s");
        server.kill();
        Rabbits.await("noticed").until(() -> rabbit.publishing().current() == null);
        server.restart();
        assertThat(PublisherTest.get(publisher.publish(queue, message())).isConfirmed())
                .isTrue();
        assertThat(rabbit.publishing().generation()).isEqualTo(2);
    }

    @Test
    void checksCertificateAndHostName() throws Exception {
        String address = "127.0.0.1:" + server.tlsPort();
        String ca = server.certificate().toString();
        start("addresses", address, "tls.enabled", "true", "tls.ca-certificate", ca);
        assertThat(PublisherTest.get(publisher.publish(queue, message())).isConfirmed())
                .isTrue();
        Throwable untrusted = failure("addresses", address, "tls.enabled", "true");
        assertThat(untrusted)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("certification path")
                .hasMessageContaining("tls.ca-certificate");
        String other = "localhost:" + server.tlsPort();
        Throwable misnamed = failure("addresses", other, "tls.enabled", "true", "tls.ca-certificate", ca);
        assertThat(misnamed)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("No name matching localhost");
    }

    private static Throwable failure(String... keysAndValues) {
        RabbitConnection wrong = RabbitConnection.of("rabbit", Rabbits.config(keysAndValues));
        return catchThrowable(() -> wrong.start(Rabbits.soon()));
    }

    private void start(String... keysAndValues) throws Exception {
        rabbit = Rabbits.to(server.port(), keysAndValues);
        // Classic: the only node of a quorum queue may not confirm any more after it was killed (seen with 3.10.8, any
        // client).
        rabbit.topology(topology -> topology.queue(queue, Map.of("x-queue-type", "classic")));
        rabbit.bindTo(meters);
        publisher = rabbit.publisher("");
        rabbit.start(Rabbits.soon());
        publisher.start(Rabbits.soon());
    }

    private static Message message() {
        return Message.of(new byte[10], "a/b");
    }
}
