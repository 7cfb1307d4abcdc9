package dev.chassis.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.lifecycle.DrainPhase;
import dev.chassis.lifecycle.LifecycleEvent.DrainPhaseEntered;
import dev.chassis.lifecycle.LifecycleEvent.StateReached;
import dev.chassis.lifecycle.ServiceState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecordedEventsTest {

    private final RecordedEvents events = new RecordedEvents();

    @Test
    void keepsWhatHappenedInOrder() {
        events.record(new StateReached(ServiceState.STARTING));
        events.record(new DrainPhaseEntered(DrainPhase.ANNOUNCE));
        events.record(new StateReached(ServiceState.READY));

        assertThat(events.all()).hasSize(3);
        assertThat(events.all(StateReached.class))
                .extracting(StateReached::state)
                .containsExactly(ServiceState.STARTING, ServiceState.READY);
    }

    @Test
    void waitsForAnEventThatHasNotHappenedYet() throws Exception {
        var awaited = CompletableFuture.runAsync(() -> events.await(new DrainPhaseEntered(DrainPhase.AWAIT)));
        events.record(new DrainPhaseEntered(DrainPhase.ANNOUNCE));
        assertThat(awaited).isNotDone();

        events.record(new DrainPhaseEntered(DrainPhase.AWAIT));
        awaited.get(30, TimeUnit.SECONDS);
    }

    @Test
    void findsTheFirstOfAKind() {
        events.record(new DrainPhaseEntered(DrainPhase.ANNOUNCE));
        events.record(new DrainPhaseEntered(DrainPhase.AWAIT));

        assertThat(events.await(DrainPhaseEntered.class).phase()).isEqualTo(DrainPhase.ANNOUNCE);
    }
}
