package dev.chassis.bench.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;

/** A connection for each message, as a function has it that lives for one request. */
final class ConnectPerMessage implements Peer {
    private final Place place;

    ConnectPerMessage(Place place) {
        this.place = place;
    }

    @Override
    public void publish(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            try (Connection connection = place.factory().newConnection();
                    Channel channel = connection.createChannel()) {
                channel.confirmSelect();
                channel.basicPublish("", place.queue(), true, MessageProperties.PERSISTENT_BASIC, place.body());
                channel.waitForConfirmsOrDie(10_000);
            }
        }
    }

    @Override
    public AutoCloseable consume(Runnable handler) {
        throw new UnsupportedOperationException("nobody consumes like that");
    }

    @Override
    public void close() {}
}
