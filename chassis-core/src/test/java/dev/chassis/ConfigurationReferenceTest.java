package dev.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/configuration.md is generated: {@code mvn -pl chassis-core test -Dtest=ConfigurationReferenceTest -Dreference.write=true}. */
class ConfigurationReferenceTest {

    private static final String INTRODUCTION = """
            # Configuration

            Every key of the chassis, generated from its mapping interfaces and compared by a test. A service's own keys live in its own
            `@ConfigMapping` interfaces and follow the same rules.

            Layers, low to high: defaults < `application.properties` on the class path < `application-<profile>.properties` < the file that
            `CHASSIS_CONFIG_FILE` names < parameters below `chassis.parameters.path` < environment variables < system properties <
            `--key=value` arguments. `--print-config` shows the effective values with their origin (secrets masked), `--check-config` reports
            every problem at once and starts nothing. An unknown key under `chassis.` or under a prefix of your own is a problem, with a
            suggestion. A value may name parameters and secrets of AWS, `${ssm:/games/db}`, `${secret:games#password}`: see [aws.md](aws.md).

            """;

    @Test
    void theReferenceIsWhatTheInterfacesSay() throws IOException {
        Configuration configuration = Configuration.load(Map.of(), Map.of(), Map.of());
        CoreConfig.bind(configuration);
        String generated = INTRODUCTION + configuration.reference();
        Path file = Path.of("..", "docs", "configuration.md");
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(file, generated);
        }

        assertThat(file).exists().content().isEqualTo(generated);
    }
}
