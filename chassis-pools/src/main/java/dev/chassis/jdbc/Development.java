package dev.chassis.jdbc;

import dev.chassis.devservices.DevServer;
import dev.chassis.devservices.DevServices;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a pool without a URL connects to on a developer's machine: whatever the drivers on the class path can talk to. Stateless. */
final class Development {

    private static final Logger LOG = LoggerFactory.getLogger("dev.chassis.jdbc");

    private Development() {}

    /** Whether there is anything of the kind. No I/O but looking at the class path. */
    static boolean isPossible() {
        return DevServices.available().isPresent() && (kind().isPresent() || Drivers.isPresent(Database.H2));
    }

    /**
     * A database to develop with; started if need be. With no driver but H2 it is one in memory.
     *
     * @throws IllegalStateException if none can be had
     */
    static Target target(String pool) {
        DevServices services = DevServices.available()
                .orElseThrow(() -> new IllegalStateException("pool " + pool + ": no URL and no dev services"));
        if (kind().isEmpty()) {
            LOG.info("{}: no URL is set: a database of H2 in memory, as H2 is the only driver on the class path", pool);
            return new Target("jdbc:h2:mem:" + pool + ";DB_CLOSE_DELAY=-1", Optional.empty());
        }
        DevServer server = services.server(kind().get());
        LOG.info("{}: {}", pool, server.reason());
        Optional<JdbcCredentials> credentials = server.username().isEmpty()
                ? Optional.empty()
                : Optional.of(new JdbcCredentials(server.username(), server.password()));
        return new Target(server.url(), credentials);
    }

    private static Optional<String> kind() {
        if (Drivers.isPresent(Database.POSTGRESQL)) {
            return Optional.of(DevServices.POSTGRESQL);
        }
        return Drivers.isPresent(Database.MARIADB) || Drivers.isPresent(Database.MYSQL)
                ? Optional.of(DevServices.MARIADB)
                : Optional.empty();
    }
}
