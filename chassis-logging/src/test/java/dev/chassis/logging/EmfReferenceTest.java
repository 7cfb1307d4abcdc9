package dev.chassis.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The keys in docs/logging.md are generated: {@code mvn -pl chassis-logging -am test -Dtest=EmfReferenceTest -Dreference.write=true}. */
class EmfReferenceTest {

    private static final String HEAD = "## chassis.emf\n";

    @Test
    void theReferenceIsWhatTheInterfaceSays() throws IOException {
        Configuration configuration = Configuration.load(Map.of(), Map.of(), Map.of());
        configuration.bind(EmfConfig.class);
        String keys = configuration.reference("chassis.emf");
        Path file = Path.of("..", "docs", "logging.md");
        String text = Files.readString(file);
        if (Boolean.getBoolean("reference.write")) {
            int end = text.indexOf("\n" + HEAD);
            Files.writeString(file, (end < 0 ? text + "\n" : text.substring(0, end + 1)) + keys);
        }

        assertThat(Files.readString(file)).endsWith(keys);
    }
}
