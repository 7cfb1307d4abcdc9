package dev.chassis.messaging;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;

/**
 * One life of a connection: from when everything is declared to when it breaks.
 *
 * @param generation counts these lives, from 1; what belongs to an older one is void
 * @param topology what was declared on it
 */
record Link(long generation, Connection connection, Topology topology) {

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

    /**
     * Declares everything again, because somebody may have deleted something. Blocks for a round trip each.
     *
     * @throws TopologyException if something cannot be had until a person changes something
     * @throws IOException if the connection broke, or the broker did not answer in time
     */
    void declareAgain() throws IOException, TopologyException {
        topology.declare(connection);
    }
}
