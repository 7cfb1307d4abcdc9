package dev.chassis.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chassis.lifecycle.LogControl;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogbackControlTest {

    private static final Logger LOG = LoggerFactory.getLogger("com.example.Levels");

    private final LogControl control = new LogbackControl();

    @AfterEach
    void reset() {
        control.configure(Map.of(), Map.of());
        control.setLevel("com.example.Levels", "");
        control.setLevel("com.example", "");
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(LogControl.class)).hasOnlyElementsOfType(LogbackControl.class);
    }

    @Test
    void logsInfoAndAboveByDefault() {
        control.configure(Map.of(), Map.of());

        assertThat(LOG.isInfoEnabled()).isTrue();
        assertThat(LOG.isDebugEnabled()).isFalse();
        assertThat(control.levels()).containsEntry("ROOT", "INFO");
    }

    @ParameterizedTest
    @ValueSource(strings = {"levels.com.example", "levels.\"com.example\""})
    void takesTheLevelOfALoggerWithAndWithoutQuotes(String key) {
        control.configure(Map.of("level", "WARN", key, "debug"), Map.of());

        assertThat(LOG.isDebugEnabled()).isTrue();
        assertThat(LoggerFactory.getLogger("org.other").isInfoEnabled()).isFalse();
        assertThat(control.levels()).containsEntry("ROOT", "WARN").containsEntry("com.example", "DEBUG");
    }

    @Test
    void changesALevelAtRunTimeAndBack() {
        control.setLevel("com.example.Levels", "TRACE");
        assertThat(LOG.isTraceEnabled()).isTrue();
        assertThat(control.levels()).containsEntry("com.example.Levels", "TRACE");

        control.setLevel("com.example.Levels", "OFF");
        assertThat(LOG.isErrorEnabled()).isFalse();

        control.setLevel("com.example.Levels", "");
        assertThat(LOG.isInfoEnabled()).isTrue();
        assertThat(control.levels()).doesNotContainKey("com.example.Levels");
    }

    @ParameterizedTest
    @CsvSource({
        "level,              LOUD,   chassis.log.level: \"LOUD\"",
        "levels.com.example, 3,      chassis.log.levels.com.example: \"3\"",
        "format,             xml,    chassis.log.format: \"xml\"",
        "formt,              json,   chassis.log.formt: \"json\"",
        "level,              '',     chassis.log.level: \"\""
    })
    void refusesABadSettingNamingKeyValueAndWhatIsAllowed(String key, String value, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> control.configure(Map.of(key, value), Map.of()))
                .withMessageContaining(expected)
                .withMessageContaining("(expected: ");
    }

    @Test
    void changesNothingWhenOneSettingIsBad() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> control.configure(Map.of("level", "ERROR", "levels.com.example", "LOUD"), Map.of()));

        assertThat(LOG.isInfoEnabled()).isTrue();
        assertThat(control.levels()).containsEntry("ROOT", "INFO").doesNotContainKey("com.example");
    }

    @Test
    void refusesALevelThatThereIsNot() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> control.setLevel("com.example", "LOUD"))
                .withMessage("level of com.example: \"LOUD\" (expected: TRACE, DEBUG, INFO, WARN, ERROR or OFF)");
        assertThatIllegalArgumentException().isThrownBy(() -> control.setLevel("ROOT", ""));
    }

    @Test
    void refusesACommonFieldThatBelongsToTheSchema() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> control.configure(Map.of(), Map.of("msg", "mine")))
                .withMessageContaining("\"msg\"");
    }
}
