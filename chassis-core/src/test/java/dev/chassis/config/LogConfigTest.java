package dev.chassis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogConfigTest {

    @Test
    void hasDefaults() {
        LogConfig config = read(Map.of());

        assertThat(config.format()).isEqualTo(LogConfig.Format.AUTO);
        assertThat(config.level()).isEqualTo(LogConfig.Level.INFO);
        assertThat(config.levels()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chassis.log.levels.com.example", "chassis.log.levels.\"com.example\""})
    void takesTheNameOfALoggerWithAndWithoutQuotes(String key) {
        LogConfig config = read(Map.of(key, "DEBUG"));

        assertThat(config.levels()).containsExactly(Map.entry("com.example", LogConfig.Level.DEBUG));
    }

    @ParameterizedTest
    @ValueSource(strings = {"warn", "WARN", "Warn"})
    void takesALevelInAnyCase(String level) {
        assertThat(read(Map.of("chassis.log.level", level)).level()).isEqualTo(LogConfig.Level.WARN);
    }

    @Test
    void takesTheFormat() {
        assertThat(read(Map.of("chassis.log.format", "json")).format()).isEqualTo(LogConfig.Format.JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chassis.log.level", "chassis.log.format", "chassis.log.levels.org", "chassis.log.unknown"})
    void refusesWhatMakesNoSense(String key) {
        assertThatThrownBy(() -> read(Map.of(key, "LOUD"))).hasMessageContaining(key);
    }

    private static LogConfig read(Map<String, String> values) {
        Configuration configuration = Configuration.load(Map.of(), Map.of(), values);
        LogConfig config = configuration.bind(LogConfig.class);
        configuration.verify();
        return config;
    }
}
