package dev.chassis.lifecycle;

import java.time.Duration;

/**
 * What happens to a service, as typed events. The log is one listener among others; tests are another.
 *
 * <p>Listeners are called in order of registration, on the thread that moves the lifecycle, outside any lock. A listener that throws is
 * logged and otherwise ignored.
 */
public sealed interface LifecycleEvent {

    /** The service has reached a state. */
    record StateReached(ServiceState state) implements LifecycleEvent {}

    /** A component begins to start. */
    record ComponentStarting(String component, Stage stage) implements LifecycleEvent {}

    /** A component serves. */
    record ComponentStarted(String component, Stage stage, Duration took) implements LifecycleEvent {}

    /** A component failed for a passing reason and will be tried again after the delay. */
    record ComponentRetrying(String component, int attempt, Duration delay, Exception cause)
            implements LifecycleEvent {}

    /** A component failed to start; the start of the service is rolled back. */
    record ComponentFailed(String component, Duration after, Throwable cause) implements LifecycleEvent {}

    /** A component has been stopped. */
    record ComponentStopped(String component, Duration took) implements LifecycleEvent {}

    /** A component could not be stopped cleanly; the others are stopped all the same. */
    record ComponentStopFailed(String component, Duration after, Throwable cause) implements LifecycleEvent {}

    /** The service is ready; the ledger says where the time went. */
    record Ready(StartLedger ledger) implements LifecycleEvent {}

    /** A drain enters a phase. */
    record DrainPhaseEntered(DrainPhase phase) implements LifecycleEvent {}

    /** The drain is over. */
    record Drained(DrainReport report) implements LifecycleEvent {}
}
