package dev.chassis.testing;

import dev.chassis.devservices.DevServices;
import java.util.List;

/**
 * The ways to each kind of server, best first. Stateless.
 *
 * <p>Ways that need an optional library are lambdas: a method reference would load the class it refers to, which fails without the library,
 * when the list is made.
 */
final class Ways {

    /** What a Hazelcast member is chosen by: nothing, there is no other way. */
    static final String IN_THIS_JVM = "in this JVM";

    private Ways() {}

    /**
     * The ways.
     *
     * @throws IllegalStateException if nobody knows the kind
     */
    static List<Way> to(String kind) {
        return switch (kind) {
            case DevServices.POSTGRESQL ->
                List.of(
                        new Way(Way.LOCAL, LocalServers::postgresql),
                        docker(() -> Docker.postgresql()),
                        new Way(Way.BINARY, BinaryServers::postgresql),
                        new Way(Way.H2, H2Database::likePostgresql));
            case DevServices.MARIADB ->
                List.of(
                        new Way(Way.LOCAL, LocalServers::mariadb),
                        docker(() -> Docker.mariadb()),
                        new Way(Way.BINARY, BinaryServers::mariadb));
            case DevServices.REDIS ->
                List.of(
                        new Way(Way.LOCAL, LocalServers::redis),
                        docker(() -> Docker.redis()),
                        new Way(Way.BINARY, BinaryServers::redis));
            case DevServices.RABBITMQ ->
                List.of(
                        rabbitmq(() -> RabbitLogin.local()),
                        docker(() -> Docker.rabbitmq()),
                        new Way(Way.BINARY, BinaryServers::rabbitmq),
                        qpid(() -> QpidBroker.start()));
            case DevServices.HAZELCAST -> List.of(hazelcast(() -> DevMember.start()));
            default ->
                throw new IllegalStateException("no dev service for " + kind
                        + " (expected: " + DevServices.POSTGRESQL + ", " + DevServices.MARIADB + ", "
                        + DevServices.REDIS + ", "
                        + DevServices.HAZELCAST + ", " + DevServices.RABBITMQ + ")");
        };
    }

    // Asked here and not there: without the library the class that uses it cannot even be loaded, nor a reference to
    // its methods be made.
    private static Way docker(Way.Route route) {
        return new Way(Way.DOCKER, () -> {
            ClassPath.require("org.testcontainers.containers.GenericContainer", "org.testcontainers:testcontainers");
            DockerEngine.here().ping();
            return route.go();
        });
    }

    private static Way rabbitmq(Way.Route route) {
        return new Way(Way.LOCAL, () -> {
            ClassPath.require("com.rabbitmq.client.ConnectionFactory", "the client com.rabbitmq:amqp-client");
            return route.go();
        });
    }

    private static Way qpid(Way.Route route) {
        return new Way(Way.QPID, () -> {
            ClassPath.require("org.apache.qpid.server.SystemLauncher", "org.apache.qpid:qpid-broker-core");
            ClassPath.require(
                    "org.apache.qpid.server.protocol.v0_8.AMQPConnection_0_8",
                    "org.apache.qpid:qpid-broker-plugins-amqp-0-8-protocol");
            ClassPath.require(
                    "org.apache.qpid.server.virtualhost.memory.MemoryVirtualHost",
                    "org.apache.qpid:qpid-broker-plugins-memory-store");
            return route.go();
        });
    }

    private static Way hazelcast(Way.Route route) {
        return new Way(IN_THIS_JVM, () -> {
            ClassPath.require("com.hazelcast.core.Hazelcast", "com.hazelcast:hazelcast");
            return route.go();
        });
    }
}
