package dev.chassis.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.config.Configuration;
import dev.chassis.inbox.InboxConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The keys in docs/outbox.md are generated: {@code mvn -pl chassis-messaging -am test -Dtest=OutboxReferenceTest -Dreference.write=true}. */
class OutboxReferenceTest {

    private static final String HEAD = "## Keys\n";

    @Test
    void theReferenceIsWhatTheInterfacesSay() throws IOException {
        Configuration configuration = Configuration.load(Map.of(), Map.of(), Map.of());
        configuration.bind(OutboxConfig.class);
        configuration.bind(InboxConfig.class);
        String keys = HEAD + "\n#" + configuration.reference("chassis.outbox") + "\n#"
                + configuration.reference("chassis.inbox");
        Path file = Path.of("..", "docs", "outbox.md");
        String text = Files.readString(file);
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(file, text.substring(0, text.indexOf(HEAD)) + keys);
        }

        assertThat(Files.readString(file)).endsWith(keys);
    }
}
