package dev.chassis.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The keys in docs/jdbc.md are generated: {@code mvn -pl chassis-pools -am test -Dtest=JdbcReferenceTest -Dreference.write=true}. */
class JdbcReferenceTest {

    private static final String HEAD = "## chassis.jdbc\n";

    @Test
    void theReferenceIsWhatTheInterfaceSays() throws IOException {
        Configuration configuration = Configuration.load(Map.of(), Map.of(), Map.of());
        configuration.bind(JdbcConfig.class);
        String keys = "#" + configuration.reference("chassis.jdbc");
        Path file = Path.of("..", "docs", "jdbc.md");
        String text = Files.readString(file);
        if (Boolean.getBoolean("reference.write")) {
            int end = text.indexOf("\n#" + HEAD);
            Files.writeString(file, (end < 0 ? text : text.substring(0, end + 1)) + keys);
        }

        assertThat(Files.readString(file)).endsWith(keys);
    }
}
