package dev.chassis.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The keys in docs/websocket.md are generated: {@code mvn -pl chassis-websocket -am test -Dtest=WebSocketReferenceTest -Dreference.write=true}. */
class WebSocketReferenceTest {

    private static final String HEAD = "## Keys\n";

    @Test
    void theReferenceIsWhatTheInterfaceSays() throws IOException {
        Configuration configuration = Configuration.load(Map.of(), Map.of(), Map.of());
        configuration.bind(WebSocketConfig.class);
        String keys = HEAD + "\n#" + configuration.reference("chassis.websocket");
        Path file = Path.of("..", "docs", "websocket.md");
        String text = Files.readString(file);
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(file, text.substring(0, text.indexOf(HEAD)) + keys);
        }

        assertThat(Files.readString(file)).endsWith(keys);
    }
}
