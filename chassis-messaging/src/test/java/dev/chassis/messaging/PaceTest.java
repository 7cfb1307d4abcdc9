package dev.chassis.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long QUICK = 2_000;
    private static final long SLOW = 100_000;

    private final Pace pace = new Pace();

    @Test
    void isQuickAfterAStreak() {
        assertThat(pace.isQuick()).isFalse();
        handled(15, QUICK);
        assertThat(pace.isQuick()).isFalse();
        handled(1, QUICK);
        assertThat(pace.isQuick()).isTrue();
        handled(1_000, QUICK);
        assertThat(pace.isQuick()).isTrue();
    }

    @Test
    void isNotQuickAfterOneThatWasSlow() {
        handled(100, QUICK);
        handled(1, SLOW);
        assertThat(pace.isQuick()).isFalse();
        handled(16, QUICK);
        assertThat(pace.isQuick()).isTrue();
        pace.slowDown();
        assertThat(pace.isQuick()).isFalse();
    }

    @Test
    void hasStalledWhenNothingWasHandledBetweenTwoLooks() {
        handled(1, QUICK);
        pace.watch();
        assertThat(pace.hasStalled()).isFalse();
        assertThat(pace.hasStalled()).isTrue();
        handled(1, SLOW);
        assertThat(pace.hasStalled()).isFalse();
        assertThat(pace.hasStalled()).isTrue();
    }

    private void handled(int count, long tookNanos) {
        for (int i = 0; i < count; i++) {
            pace.handled(tookNanos);
        }
    }
}
