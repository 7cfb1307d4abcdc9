package dev.chassis.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chassis.time.Deadline;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ManualTickerTest {

    private final ManualTicker ticker = new ManualTicker();

    @Test
    void expiresADeadlineWhenItIsTurnedThatFarAndNotBefore() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(10), ticker);

        ticker.advance(Duration.ofSeconds(10).minusNanos(1));
        assertThat(deadline.isExpired()).isFalse();

        ticker.advance(Duration.ofNanos(1));
        assertThat(deadline.isExpired()).isTrue();
    }

    @Test
    void refusesToTurnBack() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ticker.advance(Duration.ofNanos(-1)))
                .withMessage("step: PT-0.000000001S (expected: zero or more)");
    }
}
