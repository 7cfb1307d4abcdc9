package dev.chassis.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HandlerPaceTest {

    private final HandlerPace pace = new HandlerPace();

    @Test
    void isQuickAfterAStreak() {
        for (int i = 1; i < HandlerPace.STREAK; i++) {
            assertThat(pace.isQuickAfter(HandlerPace.QUICK_NANOS - 1)).isFalse();
        }
        assertThat(pace.isQuickAfter(HandlerPace.QUICK_NANOS - 1)).isTrue();
        assertThat(pace.isQuickAfter(0)).isTrue();
    }

    @Test
    void isSlowFromTheFirstThatIs() {
        for (int i = 0; i < 2 * HandlerPace.STREAK; i++) {
            pace.isQuickAfter(0);
        }
        assertThat(pace.isQuickAfter(HandlerPace.QUICK_NANOS)).isFalse();
        isQuickAfterAStreak();
    }
}
