package dev.chassis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {

    @ParameterizedTest
    @CsvSource({"65536, 65536", "64KiB, 65536", "1MiB, 1048576", "2GiB, 2147483648", "0, 0", "' 1KiB ', 1024"})
    void readsBytesPlainAndInBinaryUnits(String text, long expected) {
        assertThat(Sizes.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "KiB", "1KB", "1K", "1 KiB", "1.5MiB", "1kib", "9007199254740993KiB"})
    void refusesDecimalUnitsAndEverythingElse(String text) {
        assertThatThrownBy(() -> Sizes.parse(text)).isInstanceOf(RuntimeException.class);
    }
}
