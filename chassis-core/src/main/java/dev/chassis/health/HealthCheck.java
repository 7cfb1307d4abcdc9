package dev.chassis.health;

import java.time.Duration;

/**
 * A question that may need I/O, asked on a schedule by the {@link HealthRegistry} and never by the one who reads the answer.
 *
 * <p>A check is called by one thread at a time. It may block up to its {@link #timeout()}, then it is interrupted and counts as failed.
 */
public interface HealthCheck {

    /** The name it is shown under; unique in a service. */
    String name();

    /**
     * Asks. Returning {@link Health.Status#DOWN} and throwing are the same to the registry: a failure with a reason.
     *
     * @throws Exception for any reason; its message becomes the detail
     */
    Health check() throws Exception;

    /**
     * Whether the service is of no use without it. Only a critical check turns readiness to 503. Default: {@code false}, because a shared
     * dependency that fails would otherwise take every task out of the load balancer at once.
     */
    default boolean critical() {
        return false;
    }

    /** Time between two runs. Default: 5 s. */
    default Duration interval() {
        return Duration.ofSeconds(5);
    }

    /** How long one run may take. Default: 2 s. */
    default Duration timeout() {
        return Duration.ofSeconds(2);
    }

    /** Consecutive failures that turn a passing check into a failing one. Default: 3. */
    default int failuresToDown() {
        return 3;
    }

    /** Consecutive successes that turn a failing check into a passing one. Default: 2. */
    default int successesToUp() {
        return 2;
    }
}
