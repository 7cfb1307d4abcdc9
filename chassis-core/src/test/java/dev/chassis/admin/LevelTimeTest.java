package dev.chassis.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.http.HttpException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LevelTimeTest {

    @ParameterizedTest
    @CsvSource({"1ms,PT0.001S", "90s,PT1M30S", "15m,PT15M", "24h,PT24H", "PT15M,PT15M"})
    void readsNumbersWithAUnitAndIso8601(String text, Duration expected) {
        assertThat(LevelTime.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "15",
                "m",
                "15 m",
                "-1m",
                "1.5h",
                "15x",
                "15M",
                "0s",
                "25h",
                "86400001ms",
                "P",
                "PT-1S",
                "P2D",
                "99999999999999999999s",
                "9223372036854775807h"
            })
    void refusesAnythingElseAndSaysWhatIsAllowed(String text) {
        assertThatThrownBy(() -> LevelTime.parse(text))
                .isInstanceOf(HttpException.class)
                .hasMessage(
                        "for: \"" + text + "\" (expected: more than nothing and at most 24h, such as 90s, 15m, 1h)");
    }
}
