package dev.chassis.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.DateFormatter;
import java.time.Instant;
import java.util.Date;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpDateTest {

    private static final long YEAR_3000 = Instant.parse("3000-01-01T00:00:00Z").toEpochMilli();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1994-11-06T08:49:37Z     | Sun, 06 Nov 1994 08:49:37 GMT", // the example of the RFC
                "1970-01-01T00:00:00Z     | Thu, 01 Jan 1970 00:00:00 GMT",
                "1969-12-31T23:59:59.999Z | Wed, 31 Dec 1969 23:59:59 GMT",
                "2024-02-29T23:59:59.999Z | Thu, 29 Feb 2024 23:59:59 GMT",
                "2026-12-31T10:10:10Z     | Thu, 31 Dec 2026 10:10:10 GMT",
                "9999-12-31T23:59:59Z     | Fri, 31 Dec 9999 23:59:59 GMT"
            })
    void writesAMomentAsHttpDoes(Instant moment, String text) {
        assertThat(HttpDate.of(moment.toEpochMilli())).isEqualTo(text);
    }

    @Test
    void writesEveryMomentAsNettyDoes() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            long moment = random.nextLong(YEAR_3000);

            assertThat(HttpDate.of(moment)).isEqualTo(DateFormatter.format(new Date(moment)));
        }
    }
}
