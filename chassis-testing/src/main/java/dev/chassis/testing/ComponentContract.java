package dev.chassis.testing;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chassis.lifecycle.Component;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Component} promises, as tests. A component's test implements this interface and gets them all.
 *
 * <pre>{@code
 * class JdbcPoolTest implements ComponentContract {
 *     @Override
 *     public Component create() {
 *         return new JdbcPool(settings);
 *     }
 * }
 * }</pre>
 *
 * <p>The limits are there to fail instead of to hang; no test says that something is fast.
 */
public interface ComponentContract {

    /** A component that has not been started and can be; each call gives a new one. */
    Component create();

    /** A component whose {@code start} throws. Default: none, and the test of it is skipped. */
    default Optional<Component> createFailing() {
        return Optional.empty();
    }

    /** Start, then stop. */
    @Test
    default void startsAndStops() {
        Trial.of(create(), trial -> {
            trial.start();
            trial.stop();
        });
    }

    /** The chassis stops what it may never have started. */
    @Test
    default void stopsWithoutHavingStarted() {
        Trial.of(create(), Trial::stop);
    }

    /** The second stop finds nothing to do. */
    @Test
    default void stopsTwice() {
        Trial.of(create(), trial -> {
            trial.start();
            trial.stop();
            trial.stop();
        });
    }

    /** On exception a start holds nothing, and stop is legal all the same. */
    @Test
    default void stopsAfterAFailedStart() {
        Optional<Component> failing = createFailing();
        assumeTrue(failing.isPresent(), "this component has no failing variant");
        Trial.of(failing.get(), trial -> {
            assertThrows(Exception.class, trial::start, "start of the failing variant");
            trial.stop();
        });
    }

    /** Whoever comes next can have what a stopped component held: its port, its file, its lock. */
    @Test
    default void givesBackWhatItHeld() {
        Trial.of(create(), Trial::startAndStop);
        Trial.of(create(), Trial::startAndStop);
    }

    /** A thread that outlives its component keeps the process alive. */
    @Test
    default void leavesNoThreadThatKeepsTheProcessAlive() {
        ThreadsOf.assertNoneLeftBy(() -> Trial.of(create(), Trial::startAndStop));
    }

    /** With nothing in flight a drain is over without anybody doing anything. */
    @Test
    default void completesADrainWithNothingInFlight() {
        Trial.of(create(), trial -> {
            trial.start();
            trial.drain();
            trial.stop();
        });
    }

    /** A drain may be asked for again. */
    @Test
    default void drainsTwice() {
        Trial.of(create(), trial -> {
            trial.start();
            trial.drain();
            trial.drain();
            trial.stop();
        });
    }

    /** Announcing is asked for again, too, and ends nothing. */
    @Test
    default void announcesTwice() {
        Trial.of(create(), trial -> {
            trial.start();
            trial.component().announce();
            trial.component().announce();
            trial.drain();
            trial.stop();
        });
    }

    /** At rest the count is zero, before, while and after it serves. */
    @Test
    default void hasNothingInFlightAtRest() {
        Trial.inEveryState(create(), component -> assertEquals(0, component.inFlight(), "inFlight at rest"));
    }

    /** Whoever looks at health must not be the one who fails. */
    @Test
    default void tellsItsHealthInEveryState() {
        Trial.inEveryState(create(), component -> {
            assertNotNull(assertDoesNotThrow(component::health), "health");
            assertNotNull(assertDoesNotThrow(component::healthChecks), "healthChecks");
        });
    }

    /** Traffic cannot have arrived in the future. */
    @Test
    default void hasBeenQuietForNoNegativeTime() {
        Trial.inEveryState(
                create(), component -> assertFalse(component.quietFor().isNegative(), "quietFor"));
    }

    /** Reports and meters name a component by one name for all its life. */
    @Test
    default void keepsItsName() {
        Component component = create();
        String name = component.name();
        assertFalse(name.isBlank(), "the name is not blank");
        Trial.inEveryState(component, same -> assertEquals(name, same.name(), "name"));
    }

    /** Meters are bound before the start. */
    @Test
    default void bindsItsMetersBeforeItStarts() {
        Component component = create();
        component.bindTo(new SimpleMeterRegistry());
        Trial.of(component, Trial::startAndStop);
    }

    /** An expired deadline aborts what is left; whether that is an exception is the component's choice, waiting is not. */
    @Test
    default void stopsByADeadlineThatHasPassed() {
        Trial.of(create(), trial -> {
            trial.start();
            trial.attempt(component -> component.stop(Deadline.after(Duration.ZERO)));
            trial.stop();
        });
    }

    /** Flushing past the deadline gives up instead of waiting. */
    @Test
    default void flushesByADeadlineThatHasPassed() {
        Trial.of(create(), trial -> {
            trial.start();
            trial.drain();
            trial.attempt(component -> component.flush(Deadline.after(Duration.ZERO)));
            trial.stop();
        });
    }

    /** A start that comes too late serves or throws; it does not hang. */
    @Test
    default void startsOrThrowsWhenTheDeadlineHasPassed() {
        Trial.of(create(), trial -> {
            trial.attempt(component -> component.start(Deadline.after(Duration.ZERO)));
            trial.stop();
        });
    }
}
