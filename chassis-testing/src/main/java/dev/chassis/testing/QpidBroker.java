package dev.chassis.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.chassis.devservices.DevServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.qpid.server.SystemLauncher;
import org.slf4j.LoggerFactory;

/**
 * Qpid Broker-J in this JVM, which speaks the protocol of RabbitMQ and has few of its extensions. Loaded only where it is on the class path.
 * Stateless.
 */
final class QpidBroker {

    // RabbitMQ's default virtual host is "/", which the default alias maps. PLAIN without TLS is for loopback only.
    private static final String CONFIGURATION = """
            {
              "name": "dev",
              "modelVersion": "9.1",
              "authenticationproviders": [{
                "name": "plain", "type": "Plain", "secureOnlyMechanisms": "[]",
                "users": [{"name": "guest", "type": "managed", "password": "guest"}]
              }],
              "ports": [{
                "name": "AMQP", "port": "%d", "bindingAddress": "127.0.0.1",
                "authenticationProvider": "plain", "protocols": ["AMQP_0_9_1"],
                "virtualhostaliases": [
                  {"name": "defaultAlias", "type": "defaultAlias"},
                  {"name": "nameAlias", "type": "nameAlias"},
                  {"name": "hostnameAlias", "type": "hostnameAlias"}
                ]
              }],
              "virtualhostnodes": [{
                "name": "default", "type": "Memory", "defaultVirtualHostNode": "true",
                "virtualHostInitialConfiguration": "{\\"type\\": \\"Memory\\"}"
              }]
            }
            """;

    private QpidBroker() {}

    /** Starts it. */
    static DevServer start() throws Unavailable {
        int port = DatabaseProcess.freePort();
        hush();
        try {
            launch(CONFIGURATION.formatted(port));
        } catch (Exception e) { // that is what startup() declares
            throw Unavailable.because("Qpid does not start", e);
        }
        String url = "amqp://127.0.0.1:" + port;
        return new DevServer(
                url,
                "guest",
                "guest",
                "Qpid Broker-J in this JVM, because no RabbitMQ is to be had: publish and consume work, while dead-lettering, TTL, quorum"
                        + " queues, length limits and alternate exchanges end the connection, " + url);
    }

    // A page of INFO lines about a server that nobody asked for; said where Logback is what logs.
    private static void hush() {
        try {
            if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
                logback.getLogger("qpid").setLevel(Level.WARN);
                logback.getLogger("org.apache.qpid").setLevel(Level.WARN);
            }
        } catch (NoClassDefFoundError another) {
            // Then it says what it says.
        }
    }

    private static void launch(String configuration) throws Exception {
        Path file = write(configuration);
        SystemLauncher launcher = new SystemLauncher();
        Runtime.getRuntime().addShutdownHook(new Thread(launcher::shutdown, "qpid-end"));
        launcher.startup(Map.of(
                "type",
                "Memory",
                "initialConfigurationLocation",
                file.toUri().toString(),
                "startupLoggedToSystemOut",
                false));
    }

    private static Path write(String configuration) throws IOException {
        Path file = Files.createTempFile("chassis-qpid-", ".json");
        file.toFile().deleteOnExit();
        return Files.writeString(file, configuration, StandardCharsets.UTF_8);
    }
}
