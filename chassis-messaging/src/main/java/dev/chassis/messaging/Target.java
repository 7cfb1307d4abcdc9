package dev.chassis.messaging;

import dev.chassis.devservices.DevServer;
import dev.chassis.devservices.DevServices;
import io.smallrye.config.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where to connect to, and who we are there. Immutable.
 *
 * @param nodes the nodes, at least one
 */
record Target(List<HostPort> nodes, String username, String password) {

    private static final String GUEST = "guest"; // RabbitMQ, "Access Control": the default user and its password

    /** As the configuration says; without addresses, the server of the dev services, which may be started now. */
    static Target of(String name, RabbitConfig config) {
        return config.addresses()
                .map(addresses -> configured(addresses, config))
                .orElseGet(() -> ofDevServices(name));
    }

    /** SmallRye Config gives a secret that is not set as a {@code Secret} of null. */
    static Optional<String> password(RabbitConfig config) {
        return config.password().map(Secret::get);
    }

    private static Target configured(List<String> addresses, RabbitConfig config) {
        return new Target(
                addresses.stream().map(HostPort::parse).toList(),
                config.username().orElse(GUEST),
                password(config).orElse(GUEST));
    }

    private static Target ofDevServices(String name) {
        DevServer server = DevServices.available().orElseThrow().server(DevServices.RABBITMQ);
        Logger log = LoggerFactory.getLogger(RabbitConnection.class);
        log.info("{}: {}", name, server.reason());
        URI url = URI.create(server.url());
        boolean anonymous = server.username().isEmpty();
        return new Target(
                List.of(new HostPort(url.getHost(), url.getPort())),
                anonymous ? GUEST : server.username(),
                anonymous ? GUEST : server.password());
    }

    /** The nodes; never the password. */
    @Override
    public String toString() {
        return nodes.toString();
    }
}
