package dev.chassis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "10s,        PT10S",
        "250ms,      PT0.25S",
        "5us,        PT0.000005S",
        "7ns,        PT0.000000007S",
        "1m30s,      PT1M30S",
        "1d2h3m4s5ms, PT26H3M4.005S",
        "90m,        PT1H30M",
        "0s,         PT0S",
        "' 10s ',    PT10S",
        "365000d,    PT8760000H",
        "PT10S,      PT10S",
        "pt1m30s,    PT1M30S",
        "P1D,        PT24H"
    })
    void readsNumbersWithUnitsAndIso8601(String text, String expected) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.parse(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10",
                "0",
                "",
                " ",
                "s",
                "s10",
                "10 s",
                "1.5s",
                "-1s",
                "PT-1S",
                "10S",
                "10x",
                "10sec",
                "30s1m",
                "1s1s",
                "10s5",
                "PT",
                "99999999999999999999s",
                "9223372036854775807d"
            })
    void refusesNumbersWithoutAUnitAndEverythingElse(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(RuntimeException.class);
    }
}
