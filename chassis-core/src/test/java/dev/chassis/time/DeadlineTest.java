package dev.chassis.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {

    private static final Duration TEN = Duration.ofSeconds(10);

    /** Where a ticker may stand when a deadline is made: any long, so that sums and differences overflow. */
    static long[] origins() {
        return new long[] {0, 1, -1, Long.MAX_VALUE, Long.MAX_VALUE - 5, Long.MIN_VALUE, Long.MIN_VALUE + 5};
    }

    static Duration[] hugeDurations() {
        return new Duration[] {
            Duration.ofDays(365_000), Duration.ofNanos(Long.MAX_VALUE), Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)
        };
    }

    @ParameterizedTest
    @MethodSource("origins")
    void runsDownToZeroAndStaysThere(long origin) {
        ManualTicker ticker = new ManualTicker(origin);
        Deadline deadline = Deadline.after(TEN, ticker);
        assertThat(deadline.remaining()).isEqualTo(TEN);

        ticker.advance(Duration.ofSeconds(10).minusNanos(1));
        assertThat(deadline.remainingNanos()).isEqualTo(1);
        assertThat(deadline.isExpired()).isFalse();

        ticker.advance(Duration.ofNanos(1));
        assertThat(deadline.remaining()).isZero();
        assertThat(deadline.isExpired()).isTrue();

        ticker.advance(Duration.ofDays(365));
        assertThat(deadline.remainingNanos()).isZero();
        assertThat(deadline.isExpired()).isTrue();
    }

    @Test
    void isExpiredAtOnceWithoutABudget() {
        assertThat(Deadline.after(Duration.ZERO, new ManualTicker(7)).isExpired())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("hugeDurations")
    void takesABudgetThatIsAsGoodAsForEver(Duration huge) {
        for (long origin : origins()) {
            ManualTicker ticker = new ManualTicker(origin);
            Deadline deadline = Deadline.after(huge, ticker);
            ticker.advance(Duration.ofDays(36_500));

            assertThat(deadline.isExpired()).isFalse();
            assertThat(deadline.remaining()).isGreaterThan(Duration.ofDays(365));
        }
    }

    @Test
    void measuresOnTheSystemTickerByDefault() {
        assertThat(Deadline.after(Duration.ofHours(1)).remaining())
                .isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    }

    @ParameterizedTest
    @MethodSource("origins")
    void isCutToALimitThatComesFirst(long origin) {
        ManualTicker ticker = new ManualTicker(origin);
        Deadline deadline = Deadline.after(TEN, ticker);

        assertThat(deadline.atMost(Duration.ofSeconds(3)).remaining()).isEqualTo(Duration.ofSeconds(3));
        assertThat(deadline.atMost(TEN).remaining()).isEqualTo(TEN);
        assertThat(deadline.atMost(Duration.ZERO).isExpired()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("hugeDurations")
    void isNeverOutlivedByItsShare(Duration huge) {
        for (long origin : origins()) {
            ManualTicker ticker = new ManualTicker(origin);
            Deadline deadline = Deadline.after(TEN, ticker);

            assertThat(deadline.atMost(huge).remaining()).isEqualTo(TEN);
            ticker.advance(Duration.ofSeconds(11));
            assertThat(deadline.atMost(huge).isExpired()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("origins")
    void leavesAReserve(long origin) {
        ManualTicker ticker = new ManualTicker(origin);
        Deadline deadline = Deadline.after(TEN, ticker);

        assertThat(deadline.before(Duration.ofSeconds(3)).remaining()).isEqualTo(Duration.ofSeconds(7));
        assertThat(deadline.before(Duration.ZERO).remaining()).isEqualTo(TEN);
        assertThat(deadline.before(TEN).isExpired()).isTrue();
        assertThat(deadline.before(Duration.ofSeconds(11)).isExpired()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("hugeDurations")
    void doesNotWrapAroundWhenBroughtForwardAgainAndAgain(Duration huge) {
        Deadline deadline = Deadline.after(TEN, new ManualTicker(0));
        for (int i = 0; i < 10; i++) {
            deadline = deadline.before(huge);
            assertThat(deadline.isExpired()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void refusesNegativeTimes(long seconds) {
        Duration negative = Duration.ofSeconds(seconds);
        Deadline deadline = Deadline.after(TEN, new ManualTicker(0));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Deadline.after(negative))
                .withMessage("budget: " + negative + " (expected: zero or more)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deadline.atMost(negative))
                .withMessage("limit: " + negative + " (expected: zero or more)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deadline.before(negative))
                .withMessage("reserve: " + negative + " (expected: zero or more)");
    }

    @Test
    @SuppressWarnings("NullAway")
    void refusesNoTicker() {
        assertThatNullPointerException()
                .isThrownBy(() -> Deadline.after(TEN, null))
                .withMessage("ticker");
    }

    @Test
    void tellsWhatIsLeft() {
        assertThat(Deadline.after(TEN, new ManualTicker(0))).hasToString("Deadline[remaining=PT10S]");
    }
}
