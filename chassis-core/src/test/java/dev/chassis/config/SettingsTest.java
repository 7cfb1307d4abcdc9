package dev.chassis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.WithDefault;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    interface Log {
        @WithDefault("json")
        String format();

        @WithDefault("1KiB")
        long maxLineBytes();

        Map<String, String> levels();
    }

    @Test
    void givesWhatIsSetUnderAPrefixAsPlainText() {
        Configuration configuration = Given.nothing()
                .application("log.levels.\"com.acme\"=DEBUG", "log.level=${x:INFO}", "logs.a=1", "log.empty=")
                .environment("LOG_LEVEL", "WARN")
                .environment("LOG_LEVELS_ORG_ACME", "TRACE")
                .systemProperty("log.format", "text")
                .load();

        assertThat(configuration.settings("log"))
                .containsExactly(
                        Map.entry("format", "text"),
                        Map.entry("level", "WARN"),
                        Map.entry("levels.com.acme", "DEBUG"),
                        Map.entry("levels.org.acme", "TRACE"));
    }

    @Test
    void variablesOfDeclaredKeysAreSpeltAsDeclared() {
        Configuration configuration =
                Given.nothing().environment("LOG_MAX_LINE_BYTES", "2KiB").load();
        configuration.declare("log", Log.class);

        assertThat(configuration.settings("log")).containsExactly(Map.entry("max-line-bytes", "2KiB"));
        assertThat(configuration.entries())
                .contains(new Configuration.Entry(
                        "log.max-line-bytes", "2KiB", "environment variable LOG_MAX_LINE_BYTES", false));
    }

    @Test
    void everyKeyUnderAnUndeclaredPrefixIsKnownAfterwards() {
        Configuration configuration =
                Given.nothing().application("chassis.plugin.anything=1").load();

        assertThatThrownBy(configuration::verify).isInstanceOf(ConfigException.class);
        configuration.settings("chassis.plugin");
        assertThatCode(configuration::verify).doesNotThrowAnyException();
    }

    @Test
    void underADeclaredPrefixUnknownKeysStayProblems() {
        Configuration configuration = Given.nothing().application("log.formt=1").load();
        configuration.declare("log", Log.class);
        configuration.settings("log");

        assertThatThrownBy(configuration::verify).hasMessageContaining("did you mean log.format?");
    }

    @Test
    void anExpressionThatFailsIsAProblem() {
        Configuration configuration =
                Given.nothing().application("log.level=${unset}").load();

        assertThat(configuration.settings("log")).isEmpty();
        assertThatThrownBy(configuration::verify).hasMessageContaining("log.level = \"${unset}\"");
    }
}
