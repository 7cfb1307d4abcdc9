package dev.chassis.testing;

import dev.chassis.devservices.DevServer;
import java.util.function.Supplier;
import org.opentest4j.TestAbortedException;

/** Processes of our own, on free ports of the loopback interface. They end with the JVM. Stateless. */
final class BinaryServers {

    private BinaryServers() {}

    static DevServer postgresql() throws Unavailable {
        PostgresServer server = start(PostgresServer::start);
        return new DevServer(
                server.url(), server.user(), server.password(), "a PostgreSQL process of our own, " + server.url());
    }

    static DevServer mariadb() throws Unavailable {
        MariaDbServer server = start(MariaDbServer::start);
        return new DevServer(
                server.url(), server.user(), server.password(), "a MariaDB process of our own, " + server.url());
    }

    static DevServer redis() throws Unavailable {
        RedisServer server = start(RedisServer::start);
        return new DevServer(server.url(), "", "", "a Redis process of our own, " + server.url());
    }

    static DevServer rabbitmq() throws Unavailable {
        RabbitServer server = start(RabbitServer::start);
        String url = "amqp://" + server.address();
        return new DevServer(url, "guest", "guest", "a RabbitMQ process of our own, " + url);
    }

    // What skips or fails a test that needs the server is a reason to try the next way for us.
    private static <T> T start(Supplier<T> server) throws Unavailable {
        try {
            return server.get();
        } catch (TestAbortedException | AssertionError e) {
            throw new Unavailable(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            throw Unavailable.because("it does not start", e);
        }
    }
}
