package dev.chassis.devservices;

import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Finds or starts a server for a part that was given no address. Found by {@link ServiceLoader}: there is one when chassis-testing is on
 * the class path, which a service for production does not have there.
 *
 * <p>Implementations are thread-safe.
 */
public interface DevServices {

    /** PostgreSQL. */
    String POSTGRESQL = "postgresql";

    /** MariaDB, or MySQL. */
    String MARIADB = "mariadb";

    /** Redis, or Valkey. */
    String REDIS = "redis";

    /** A Hazelcast member for clients. */
    String HAZELCAST = "hazelcast";

    /** RabbitMQ. */
    String RABBITMQ = "rabbitmq";

    /**
     * A server of this kind, the same one each time it is asked for in this JVM. Blocks while one is started.
     *
     * @param kind one of the constants
     * @throws IllegalStateException if none can be had; the message says everything that was tried
     */
    DevServer server(String kind);

    /**
     * The dev services of this process; empty where chassis-testing is not on the class path, and always in a task of ECS. In a training run
     * those of {@link TrainingServers}.
     */
    static Optional<DevServices> available() {
        return TrainingServers.current().or(DevServices::ofThisMachine);
    }

    private static Optional<DevServices> ofThisMachine() {
        // The agent of ECS gives this variable to every container: "Amazon ECS task metadata endpoint version 4".
        if (System.getenv("ECS_CONTAINER_METADATA_URI_V4") != null) {
            return Optional.empty();
        }
        return ServiceLoader.load(DevServices.class).findFirst();
    }
}
