package dev.chassis.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UtcTimestampTest {

    private final UtcTimestamp timestamp = new UtcTimestamp();

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T08:32:24Z,           2026-11-23T08:32:24.000000Z",
        "2026-11-23T08:32:24.000000999Z, 2026-11-23T08:32:24.000000Z",
        "2026-11-23T08:32:24.123456789Z, 2026-11-23T08:32:24.123456Z",
        "2024-02-29T23:59:59.999999999Z, 2024-02-29T23:59:59.999999Z",
        "1969-12-31T23:59:59.5Z,         1969-12-31T23:59:59.500000Z",
        "0001-01-01T00:00:00Z,           0001-01-01T00:00:00.000000Z"
    })
    void alwaysHasTheSameWidth(Instant instant, String expected) {
        assertThat(format(instant)).isEqualTo(expected);
        assertThat(format(instant)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-23T08:32:24.9Z, 2026-11-23T08:32:25.1Z", "2026-12-31T23:59:59Z, 2027-01-01T00:00:00Z"})
    void workOutANewSecondAndAnOldOneAgain(Instant one, Instant other) {
        String first = format(one);
        assertThat(format(other)).isGreaterThan(first);
        assertThat(format(one)).isEqualTo(first);
    }

    private String format(Instant instant) {
        return new String(timestamp.bytes(instant.getEpochSecond(), instant.getNano()), StandardCharsets.US_ASCII);
    }
}
