package dev.chassis.messaging;

import com.rabbitmq.client.Connection;

/**
 * One life of a connection: from when everything is declared to when it breaks.
 *
 * @param generation counts these lives, from 1; what belongs to an older one is void
 */
record Link(long generation, Connection connection) {}
