package dev.chassis.testing;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.chassis.devservices.DevServer;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Whether a RabbitMQ listens on this machine and lets {@code guest} in. Loaded only where its client is on the class path. Stateless. */
final class RabbitLogin {

    private static final int MILLIS = 2_000;
    private static final String HOST = "127.0.0.1";
    private static final int PORT = 5672;
    private static final String GUEST = "guest";

    private RabbitLogin() {}

    static DevServer local() throws Unavailable {
        try (Connection connection = factory().newConnection("dev-service")) {
            String url = "amqp://" + HOST + ":" + PORT;
            String product = String.valueOf(connection.getServerProperties().get("product"));
            return new DevServer(url, GUEST, GUEST, "the " + product + " that runs on this machine, " + url);
        } catch (IOException | TimeoutException e) {
            throw Unavailable.because(HOST + ":" + PORT, e);
        }
    }

    private static ConnectionFactory factory() {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(HOST);
        factory.setPort(PORT);
        factory.setUsername(GUEST);
        factory.setPassword(GUEST);
        factory.setAutomaticRecoveryEnabled(false);
        factory.setConnectionTimeout(MILLIS);
        factory.setHandshakeTimeout(MILLIS);
        return factory;
    }
}
