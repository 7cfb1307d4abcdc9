package dev.chassis.bench.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.chassis.testing.RabbitServer;
import java.util.concurrent.TimeUnit;

/**
 * Where messages go: a durable classic queue on a broker of our own. Used by one thread.
 *
 * @param broker the broker
 * @param queue the queue, reached through the default exchange
 * @param body what each message carries
 */
record Place(RabbitServer broker, String queue, byte[] body) {
    static Place on(RabbitServer broker, int bytes) throws Exception {
        Place place = new Place(broker, "bench", new byte[bytes]);
        try (Connection connection = place.factory().newConnection();
                Channel channel = connection.createChannel()) {
            channel.queueDeclare(place.queue, true, false, false, null);
        }
        return place;
    }

    ConnectionFactory factory() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(broker.uri());
        factory.setAutomaticRecoveryEnabled(false);
        return factory;
    }

    /** How many messages are ready. */
    long ready() throws Exception {
        try (Connection connection = factory().newConnection();
                Channel channel = connection.createChannel()) {
            return channel.messageCount(queue);
        }
    }

    /** Empties it; until it is, messages of a consumer that has just ended come back. */
    void empty() throws Exception {
        try (Connection connection = factory().newConnection();
                Channel channel = connection.createChannel()) {
            while (channel.consumerCount(queue) > 0) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            channel.queuePurge(queue);
        }
    }
}
