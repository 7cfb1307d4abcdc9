package dev.chassis.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LogFormatTest {

    private static final Map<String, String> ECS =
            Map.of("ECS_CONTAINER_METADATA_URI_V4", "http://169.254.170.2/v4/task");

    @Test
    void takesTheWordInAnyCase() {
        assertThat(LogFormat.parse("json", Map.of())).isEqualTo(LogFormat.JSON);
        assertThat(LogFormat.parse("Text", Map.of())).isEqualTo(LogFormat.TEXT);
    }

    @Test
    void isJsonOnEcsWithoutAsking() {
        assertThat(LogFormat.parse("auto", ECS)).isEqualTo(LogFormat.JSON);
    }

    @Test
    void isTextOnEcsWhenAskedTo() {
        assertThat(LogFormat.parse("text", ECS)).isEqualTo(LogFormat.TEXT);
    }

    @Test
    void knowsNothingElse() {
        assertThat(LogFormat.parse("xml", Map.of())).isNull();
        assertThat(LogFormat.parse("", Map.of())).isNull();
    }
}
