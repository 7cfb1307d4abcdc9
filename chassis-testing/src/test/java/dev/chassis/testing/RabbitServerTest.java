package dev.chassis.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.BlockedCallback;
import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A broker of a test's own, and what can be done to it. */
@Timeout(120)
class RabbitServerTest {

    private static RabbitServer broker;
    private static CompletableFuture<RabbitServer> other;
    private static Process jvm;

    /** All at the same time: a broker takes seconds to start. */
    @BeforeAll
    static void start() throws Exception {
        other = CompletableFuture.supplyAsync(RabbitServer::start);
        jvm = Forgetful.launch();
        broker = RabbitServer.settings().tls().set("heartbeat", "17").start();
    }

    @AfterAll
    static void end() {
        if (jvm != null) {
            jvm.destroyForcibly();
        }
        if (other != null) {
            other.thenAccept(RabbitServer::close).join();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void whatIsDurableOutlivesAKillAndAStop() throws Exception {
        String queue = publishedTo("kept");
        broker.rabbitmqctl("eval", "mnesia:sync_log()."); // a definition is said to be there before it is in its file

        broker.kill();
        assertClosed(broker.port());
        broker.restart();
        assertThat(count(queue)).isEqualTo(1);
        broker.stop();
        assertClosed(broker.port());
        broker.restart();

        assertThat(count(queue)).isEqualTo(1);
        assertThat(broker.uri()).endsWith(":" + broker.port()).contains(broker.address());
    }

    @Test
    void allConnectionsAreClosedWithTheReason() throws Exception {
        CompletableFuture<ShutdownSignalException> end = new CompletableFuture<>();
        Connection connection = connect();
        connection.addShutdownListener(end::complete);

        broker.closeAllConnections("because of a test");

        assertThat(end.get(10, TimeUnit.SECONDS)).hasMessageContaining("320").hasMessageContaining("because of a test");
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aMemoryAlarmBlocksWhoPublishesUntilItIsCleared() throws Exception {
        CompletableFuture<String> blocked = new CompletableFuture<>();
        CompletableFuture<String> free = new CompletableFuture<>();
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            BlockedCallback onBlocked = blocked::complete;
            connection.addBlockedListener(onBlocked, () -> free.complete("free"));
            channel.basicPublish("", channel.queueDeclare().getQueue(), null, new byte[1]);
            broker.memoryAlarm(true);
            channel.basicPublish("", "nobody", null, new byte[1]);

            assertThat(blocked.get(10, TimeUnit.SECONDS)).contains("memory");
            assertThat(free).isNotDone();

            broker.memoryAlarm(false);
            assertThat(free.get(10, TimeUnit.SECONDS)).isEqualTo("free");
        }
    }

    @Test
    void aDeletedQueueCancelsItsConsumers() throws Exception {
        CompletableFuture<String> cancelled = new CompletableFuture<>();
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            String queue = publishedTo("deleted");
            CancelCallback onCancel = cancelled::complete;
            String tag = channel.basicConsume(queue, false, (consumerTag, delivery) -> {}, onCancel);

            broker.deleteQueue(queue);

            assertThat(cancelled.get(10, TimeUnit.SECONDS)).isEqualTo(tag);
            assertThatThrownBy(() -> broker.deleteQueue(queue))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not found");
        }
    }

    @Test
    void aPausedBrokerAnswersNobodyAndGoesOnWhenItIsResumed() throws Exception {
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            broker.pause();
            CompletableFuture<String> declared = CompletableFuture.supplyAsync(() -> declare(channel));
            assertThat(declared).isNotDone();
            broker.resume();

            assertThat(declared.get(10, TimeUnit.SECONDS)).startsWith("amq.gen-");
        }
    }

    @Test
    void settingsAndTlsAreItsOwn() throws Exception {
        assertThat(broker.rabbitmqctl("environment")).contains("{heartbeat,17}");
        assertThat(Files.readString(broker.certificate())).startsWith("-----BEGIN CERTIFICATE");
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(broker.host());
        factory.setPort(broker.tlsPort());
        factory.useSslProtocol(trusting(broker.certificate()));
        try (Connection connection = factory.newConnection()) {
            assertThat(connection.getServerProperties()).containsKey("version");
        }
    }

    @Test
    void twoRunSideBySideAndOnlyTheOneWithTlsHasIt() throws Exception {
        String queue = publishedTo("mine");
        RabbitServer second = other.get(60, TimeUnit.SECONDS);
        assertThat(second.port()).isNotEqualTo(broker.port());
        assertThat(second.rabbitmqctl("list_queues")).doesNotContain(queue);
        assertThatThrownBy(second::tlsPort).hasMessageContaining("RabbitServer.settings().tls()");
        second.close();
        assertClosed(second.port());
    }

    @Test
    void itEndsWithTheJvmHoweverThatEnds() throws Exception {
        BufferedReader output = jvm.inputReader(StandardCharsets.UTF_8);
        String port = output.readLine();
        List<ProcessHandle> started = jvm.descendants().toList();
        assertThat(started).isNotEmpty();

        jvm.destroyForcibly().waitFor();

        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
        assertClosed(Integer.parseInt(port));
    }

    /** A JVM that starts a broker and does not get to close it. */
    static final class Forgetful {

        private Forgetful() {}

        static Process launch() throws IOException {
            return new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Forgetful.class.getName()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }

        public static void main(String[] args) throws Exception {
            System.out.println(RabbitServer.start().port());
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private static SSLContext trusting(Path certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry(
                    "broker", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static String declare(Channel channel) {
        try {
            return channel.queueDeclare().getQueue();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String publishedTo(String queue) throws Exception {
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            channel.queueDeclare(queue, true, false, false, Map.of());
            channel.confirmSelect();
            channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, new byte[1]);
            channel.waitForConfirmsOrDie(10_000);
            return queue;
        }
    }

    private static long count(String queue) throws Exception {
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            return channel.messageCount(queue);
        }
    }

    private static Connection connect() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(broker.uri());
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection();
    }

    private static void assertClosed(int port) {
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
    }
}
