package dev.chassis.testing;

import dev.chassis.devservices.DevServer;

/**
 * A way to a server of some kind.
 *
 * @param choice what {@code CHASSIS_DEV_SERVICES} calls it
 * @param route goes there
 */
record Way(String choice, Route route) {

    /** One that already listens on this machine. */
    static final String LOCAL = "local";

    /** A container. */
    static final String DOCKER = "docker";

    /** A process of our own. */
    static final String BINARY = "binary";

    /** H2, which is no PostgreSQL. */
    static final String H2 = "h2";

    /** Qpid Broker-J, which is no RabbitMQ. */
    static final String QPID = "qpid";

    /** Goes the way. */
    interface Route {
        DevServer go() throws Unavailable;
    }
}
