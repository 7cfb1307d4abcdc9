package dev.chassis.testing;

import dev.chassis.devservices.DevServer;
import java.time.Duration;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.containers.wait.strategy.WaitStrategy;

/** Containers, by Testcontainers, which also ends them with the JVM. Loaded only where it is on the class path. Stateless. */
final class Docker {

    /** Includes the download of an image. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final String PASSWORD = "dev";

    private Docker() {}

    static DevServer postgresql() throws Unavailable {
        // Once from the set-up, once for good.
        WaitStrategy ready = Wait.forLogMessage(".*database system is ready to accept connections.*\\s", 2);
        String at = start("postgres:17-alpine", 5432, Map.of("POSTGRES_PASSWORD", PASSWORD), ready);
        return server("jdbc:postgresql://" + at + "/postgres", "postgres", PASSWORD, "postgres:17-alpine");
    }

    static DevServer mariadb() throws Unavailable {
        WaitStrategy ready = Wait.forLogMessage(".*ready for connections.*\\s", 2);
        Map<String, String> environment = Map.of("MARIADB_ROOT_PASSWORD", PASSWORD, "MARIADB_DATABASE", "test");
        String at = start("mariadb:11.4", 3306, environment, ready);
        return server("jdbc:mariadb://" + at + "/test", "root", PASSWORD, "mariadb:11.4");
    }

    static DevServer redis() throws Unavailable {
        WaitStrategy ready = Wait.forLogMessage(".*Ready to accept connections.*\\s", 1);
        String at = start("redis:7-alpine", 6379, Map.of(), ready);
        return server("redis://" + at, "", "", "redis:7-alpine");
    }

    static DevServer rabbitmq() throws Unavailable {
        WaitStrategy ready = Wait.forLogMessage(".*Server startup complete.*\\s", 1);
        // A user of its own: guest is let in from the container itself only, unless the image says otherwise.
        Map<String, String> environment = Map.of("RABBITMQ_DEFAULT_USER", "dev", "RABBITMQ_DEFAULT_PASS", PASSWORD);
        String at = start("rabbitmq:4-alpine", 5672, environment, ready);
        return server("amqp://" + at, "dev", PASSWORD, "rabbitmq:4-alpine");
    }

    private static String start(String image, int port, Map<String, String> environment, WaitStrategy ready)
            throws Unavailable {
        return Bounded.call(image, LIMIT, () -> {
            GenericContainer<?> container = new GenericContainer<>(image)
                    .withExposedPorts(port)
                    .withEnv(environment)
                    .waitingFor(ready);
            container.start();
            return container.getHost() + ":" + container.getMappedPort(port);
        });
    }

    private static DevServer server(String url, String user, String password, String image) {
        return new DevServer(url, user, password, "a container of " + image + ", " + url);
    }
}
