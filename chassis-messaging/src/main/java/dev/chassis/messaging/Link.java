package dev.chassis.messaging;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;

/**
 * One life of a connection: from when everything is declared to when it breaks.
 *
 * @param generation counts these lives, from 1; what belongs to an older one is void
 */
record Link(long generation, Connection connection) {

    /**
     * A new channel.
     *
     * @throws IOException if the connection is broken, or has as many channels as the broker allows
     */
    Channel channel() throws IOException {
        return channel(connection);
    }

    /** The same of a connection that is no link yet. */
    static Channel channel(Connection connection) throws IOException {
        Channel channel = connection.createChannel();
        if (channel == null) {
            throw new IOException("no channel left (expected: at most " + connection.getChannelMax() + ")");
        }
        return channel;
    }
}
