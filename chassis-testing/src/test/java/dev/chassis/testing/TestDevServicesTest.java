package dev.chassis.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import dev.chassis.devservices.DevServer;
import dev.chassis.devservices.DevServices;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

/** Servers for parts without an address, as this machine can have them. */
@Timeout(300)
class TestDevServicesTest {

    @Test
    void theyAreFoundWhereThisModuleIs() {
        assertThat(DevServices.available()).containsInstanceOf(TestDevServices.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {DevServices.POSTGRESQL, DevServices.MARIADB})
    void aDatabaseAnswersAndItsReasonSaysWhatItIs(String kind) throws Exception {
        DevServer server = Require.server(kind);

        assertThat(one(server)).isEqualTo(1);
        assertThat(server.reason()).doesNotContain("\n").isNotBlank();
    }

    @Test
    void aRedisAnswers() {
        DevServer server = Require.server(DevServices.REDIS);

        assertThat(server.url()).startsWith("redis://");
        assertThat(server.reason()).contains("Redis");
    }

    @ParameterizedTest
    @ValueSource(strings = {Way.LOCAL, Way.BINARY, Way.QPID})
    void aRabbitMqTakesAMessageAndGivesItBack(String choice) throws Exception {
        DevServer server = reachable(choice, DevServices.RABBITMQ);

        assertThat(roundTrip(server)).isEqualTo("message");
        assertThat(server.url()).startsWith("amqp://127.0.0.1:");
        assertThat(server.reason()).contains(server.url()).doesNotContain("\n");
    }

    @Test
    void theRabbitMqThatRunsOnThisMachineComesFirst() {
        DevServer local = reachable(Way.LOCAL, DevServices.RABBITMQ);

        assertThat(all().server(DevServices.RABBITMQ)).isEqualTo(local);
        assertThat(local.reason()).startsWith("the RabbitMQ that runs on this machine");
    }

    @Test
    void qpidSaysWhatItLacks() {
        assertThat(only(Way.QPID).server(DevServices.RABBITMQ).reason()).contains("no RabbitMQ", "dead-lettering");
    }

    @Test
    void aHazelcastMemberOfThisJvmTakesClientsOfTheClusterItNames() {
        DevServer server = Require.server(DevServices.HAZELCAST);
        ClientConfig config = new ClientConfig().setClusterName(server.username());
        config.getNetworkConfig().addAddress(server.url());
        config.setProperty("hazelcast.logging.type", "none");
        HazelcastInstance client = HazelcastClient.newHazelcastClient(config);
        try {
            assertThat(client.getCluster().getMembers()).hasSize(1);
        } finally {
            client.shutdown();
        }
    }

    @Test
    void everybodyWhoAsksAtOnceGetsTheSame() throws Exception {
        TestDevServices services = only(Way.H2);
        ExecutorService askers = Executors.newFixedThreadPool(8);
        try {
            List<Callable<DevServer>> asking = IntStream.range(0, 8)
                    .<Callable<DevServer>>mapToObj(i -> () -> services.server(DevServices.POSTGRESQL))
                    .toList();
            DevServer first = services.server(DevServices.POSTGRESQL);
            for (Future<DevServer> answer : askers.invokeAll(asking)) {
                assertThat(answer.get()).isSameAs(first);
            }
        } finally {
            askers.shutdownNow();
        }
    }

    @Test
    void theOneThatRunsOnThisMachineComesFirst() {
        DevServer local = reachable(Way.LOCAL, DevServices.POSTGRESQL);

        assertThat(all().server(DevServices.POSTGRESQL)).isEqualTo(local);
        assertThat(local.url()).startsWith("jdbc:postgresql://127.0.0.1:5432/");
        assertThat(local.reason()).contains("that runs on this machine");
    }

    @ParameterizedTest
    @ValueSource(strings = {DevServices.POSTGRESQL, DevServices.MARIADB})
    void aProcessOfOurOwnIsAnother(String kind) throws Exception {
        DevServer process = reachable(Way.BINARY, kind);

        assertThat(one(process)).isEqualTo(1);
        assertThat(process.reason()).contains("process of our own");
    }

    @Test
    void aRedisProcessOfOurOwnIsAnother() {
        assertThat(reachable(Way.BINARY, DevServices.REDIS).url()).doesNotEndWith(":6379");
    }

    @Test
    void h2SaysWhatItLacksAndIsNoRealPostgresql() throws Exception {
        DevServer server = only(Way.H2).server(DevServices.POSTGRESQL);

        assertThat(one(server)).isEqualTo(1);
        assertThat(server.reason()).contains("SKIP LOCKED");
        assertThat(server.url()).startsWith(H2Database.PREFIX);
    }

    @Test
    void whoNeedsARealPostgresqlGetsOneOrIsSkipped() throws Exception {
        try {
            assertThat(Require.realPostgres().url()).startsWith("jdbc:postgresql:");
        } catch (TestAbortedException e) {
            assertThat(e).hasMessageContaining("PostgreSQL");
        }
    }

    @Test
    void anUnknownChoiceIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> only("podman").server(DevServices.REDIS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("CHASSIS_DEV_SERVICES: podman (expected: local, docker, binary, h2, qpid)");
    }

    @Test
    void aChoiceThatAKindDoesNotHaveIsSaid() {
        assertThatThrownBy(() -> only(Way.H2).server(DevServices.REDIS))
                .hasMessage(
                        "no redis for development. Tried h2: there is none of this kind, and CHASSIS_DEV_SERVICES allows nothing"
                                + " else. Start one, or configure the address of one");
    }

    @Test
    void everythingThatWasTriedIsListedAndTheNextCallTriesAgain() {
        TestDevServices services = only(Way.DOCKER);
        assumeThat(hasEngine()).as("no Docker engine").isFalse();

        for (int call = 0; call < 2; call++) {
            assertThatThrownBy(() -> services.server(DevServices.POSTGRESQL))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("no postgresql for development. Tried docker: the Docker engine at ");
        }
    }

    @Test
    void anUnknownKindIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> all().server("oracle"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no dev service for oracle (expected: postgresql, mariadb, redis, hazelcast, rabbitmq)");
    }

    private static DevServer reachable(String choice, String kind) {
        try {
            return only(choice).server(kind);
        } catch (IllegalStateException e) {
            throw new TestAbortedException("not on this machine: " + e.getMessage());
        }
    }

    private static boolean hasEngine() {
        try {
            DockerEngine.here().ping();
            return true;
        } catch (Unavailable e) {
            return false;
        }
    }

    private static TestDevServices all() {
        return only(null);
    }

    private static TestDevServices only(@Nullable String choice) {
        return new TestDevServices(choice, new ConcurrentHashMap<>());
    }

    private static String roundTrip(DevServer server) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(server.url());
        factory.setUsername(server.username());
        factory.setPassword(server.password());
        try (com.rabbitmq.client.Connection connection = factory.newConnection();
                Channel channel = connection.createChannel()) {
            String queue = channel.queueDeclare().getQueue();
            channel.confirmSelect();
            channel.basicPublish("", queue, null, "message".getBytes(StandardCharsets.UTF_8));
            channel.waitForConfirmsOrDie(10_000);
            return new String(channel.basicGet(queue, true).getBody(), StandardCharsets.UTF_8);
        }
    }

    private static int one(DevServer server) throws Exception {
        try (Connection connection = DriverManager.getConnection(server.url(), server.username(), server.password());
                ResultSet row = connection.createStatement().executeQuery("select 1")) {
            row.next();
            return row.getInt(1);
        }
    }
}
