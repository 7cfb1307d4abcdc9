package dev.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @Test
    void runsWithoutArguments() {
        assertThat(CommandLine.parse(new String[0])).isEqualTo(new CommandLine(CommandLine.Mode.RUN, Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "--check-config,CHECK_CONFIG",
        "--print-config,PRINT_CONFIG",
        "--train,TRAIN",
        "--version,VERSION",
        "--help,HELP"
    })
    void knowsItsModes(String argument, CommandLine.Mode mode) {
        assertThat(CommandLine.parse(new String[] {argument}).mode()).isEqualTo(mode);
    }

    @Test
    void takesKeysWithValuesInAnyPlace() {
        CommandLine line =
                CommandLine.parse(new String[] {"--a.b=1", "--check-config", "--url=jdbc:x?a=b", "--empty="});

        assertThat(line.mode()).isEqualTo(CommandLine.Mode.CHECK_CONFIG);
        assertThat(line.overrides()).isEqualTo(Map.of("a.b", "1", "url", "jdbc:x?a=b", "empty", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--chek-config", "server", "--=x", "-h", ""})
    void refusesWhatItDoesNotKnow(String argument) {
        assertThatThrownBy(() -> CommandLine.parse(new String[] {argument}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("argument: " + argument);
    }
}
