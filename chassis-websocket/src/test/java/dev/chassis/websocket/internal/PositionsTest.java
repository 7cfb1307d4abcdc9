package dev.chassis.websocket.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.websocket.internal.Positions.Step;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a task knows of what it has missed. */
class PositionsTest {

    private static final long TTL = 10;

    private final UUID self = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private final Positions positions = new Positions();

    @Test
    void knowsAHoleFromARepetition() {
        assertThat(positions.message(other, 7, 0)).isEqualTo(Step.NEXT); // nobody here has joined before
        assertThat(positions.message(other, 8, 0)).isEqualTo(Step.NEXT);
        assertThat(positions.message(other, 8, 0)).isEqualTo(Step.OLD);
        assertThat(positions.message(other, 10, 0)).isEqualTo(Step.GAP);
        assertThat(positions.reached(other, 10, 0)).isEqualTo(Step.NEXT);
        assertThat(positions.reached(other, 11, 0)).isEqualTo(Step.GAP);
    }

    @Test
    void remembersATaskThatWasSilentForSoLongThatItWasForgotten() {
        positions.message(other, 7, 0);
        assertThat(positions.expire(TTL + 1, TTL, self))
                .isFalse(); // the bus was there: it had nothing to say, as far as is known
        assertThat(positions.now()).doesNotContainKey(other);

        assertThat(positions.message(other, 9, TTL + 2))
                .isEqualTo(Step.GAP); // it could not reach the bus, and gave 8 up
        positions.expire(3 * TTL, TTL, self);
        assertThat(positions.message(other, 10, 3 * TTL)).isEqualTo(Step.NEXT);
        positions.expire(5 * TTL, TTL, self);
        assertThat(positions.reached(other, 12, 5 * TTL)).isEqualTo(Step.GAP);
    }

    @Test
    void saysThatSomethingMayHaveBeenMissedOfWhoDoesNotComeBackAfterTheBusWasAway() {
        positions.message(other, 7, 0);
        positions.doubtAll();
        assertThat(positions.expire(TTL + 1, TTL, self)).isTrue();
    }
}
