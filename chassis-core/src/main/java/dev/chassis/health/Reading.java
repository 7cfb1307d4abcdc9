package dev.chassis.health;

import java.time.Duration;

/**
 * What is known of one check or component right now, and how fresh it is.
 *
 * @param name what it is about; one reading per name
 * @param status the verdict after hysteresis; {@link Health.Status#DOWN} before the first run and when the reading is too old
 * @param detail one short line for a person; empty when there is nothing to say
 * @param age time since the answer; before the first one, since the check was registered; zero for what is asked without I/O
 * @param critical whether {@link Health.Status#DOWN} turns readiness to 503
 * @param consecutiveFailures failed runs since the last success
 */
public record Reading(
        String name, Health.Status status, String detail, Duration age, boolean critical, int consecutiveFailures) {

    static Reading ofComponent(String name, Health health) {
        return new Reading(name, health.status(), health.detail(), Duration.ZERO, false, 0);
    }

    /** This reading with the verdict of another one of the same name, where that is worse. */
    Reading orWorse(Reading other) {
        return other.status.compareTo(status) > 0
                ? new Reading(name, other.status, other.detail, age, critical, consecutiveFailures)
                : this;
    }
}
