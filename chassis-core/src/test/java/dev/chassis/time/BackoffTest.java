package dev.chassis.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
    private static final RandomGenerator LARGEST = new Edge(true);
    private static final RandomGenerator SMALLEST = new Edge(false);

    @ParameterizedTest
    @CsvSource({
        "0,          PT0.1S",
        "1,          PT0.2S",
        "2,          PT0.4S",
        "6,          PT6.4S",
        "7,          PT10S",
        "8,          PT10S",
        "62,         PT10S",
        "63,         PT10S",
        "64,         PT10S",
        "2147483647, PT10S"
    })
    void doublesItsCeilingUpToTheCap(int attempt, Duration expected) {
        assertThat(new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10)).ceiling(attempt))
                .isEqualTo(expected);
    }

    @Test
    void reachesTheCapFromTheSmallestBase() {
        Backoff backoff = new Backoff(Duration.ofNanos(1), Duration.ofHours(1));

        assertThat(backoff.ceiling(40)).isEqualTo(Duration.ofNanos(1L << 40));
        assertThat(backoff.ceiling(50)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void doesNotOverflow() {
        for (int attempt = 0; attempt < 100; attempt++) {
            assertThat(new Backoff(FOREVER, FOREVER).ceiling(attempt)).isEqualTo(FOREVER);
            assertThat(new Backoff(Duration.ofDays(365_000), FOREVER).ceiling(attempt))
                    .isBetween(Duration.ofDays(365_000), FOREVER);
            assertThat(new Backoff(FOREVER, FOREVER).delay(attempt, new Random(attempt)))
                    .isBetween(Duration.ZERO, FOREVER);
        }
    }

    @Test
    void drawsFromZeroToTheCeilingBothIncluded() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

        assertThat(backoff.delay(3, SMALLEST)).isZero();
        assertThat(backoff.delay(3, LARGEST)).isEqualTo(Duration.ofMillis(800));
        assertThat(backoff.delay(30, LARGEST)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void staysBelowTheCeilingWhateverIsDrawn() {
        Backoff backoff = new Backoff(Duration.ofNanos(3), Duration.ofNanos(50));
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            int attempt = i % 8;
            assertThat(backoff.delay(attempt, random)).isBetween(Duration.ZERO, backoff.ceiling(attempt));
        }
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT1S", "PT-1S, PT1S", "PT2S, PT1S", "PT1S, PT-1S"})
    void refusesCeilingsThatMakeNoSense(Duration base, Duration cap) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(base, cap))
                .withMessageContaining("(expected: ");
    }

    @Test
    void refusesAnAttemptBeforeTheFirst() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> backoff.delay(-1, LARGEST))
                .withMessage("attempt: -1 (expected: zero or more)");
    }

    /** Draws the smallest or the largest value allowed. */
    private record Edge(boolean largest) implements RandomGenerator {

        @Override
        public long nextLong() {
            throw new AssertionError("unbounded");
        }

        @Override
        public long nextLong(long bound) {
            return largest ? bound - 1 : 0;
        }
    }
}
