package dev.chassis.devservices;

import dev.chassis.config.Description;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * What can be set about servers to develop and test with. chassis-testing reads both from the environment, where no service is; they are
 * declared here so that they are known and checked like every other key. Immutable.
 */
@ConfigMapping(prefix = "chassis")
@Description("Servers to develop and test with. Environment variables only.")
public interface DevServicesConfig {

    /** The only way to a server that may be taken. */
    @Description("The only way to a server that a pool without an address may take. Not set: the first that works.")
    Optional<Way> devServices();

    /** Whether a test may be skipped. */
    @Description("Whether a test whose server is not to be had fails instead of being skipped.")
    @WithDefault("false")
    boolean requireServers();

    /** A way to a server. */
    enum Way {
        /** One that already listens on its usual local port. */
        LOCAL,
        /** A container. */
        DOCKER,
        /** A process of an installed program, or of one from a Maven artifact. */
        BINARY,
        /** H2 in this JVM, for PostgreSQL. */
        H2
    }
}
