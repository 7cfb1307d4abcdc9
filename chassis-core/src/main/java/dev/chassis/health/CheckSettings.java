package dev.chassis.health;

import java.time.Duration;

/** What a {@link HealthCheck} says about itself, asked once and checked, so that it cannot change or throw later. */
record CheckSettings(
        String name, boolean critical, Duration interval, Duration timeout, int failuresToDown, int successesToUp) {

    /** A reading this many intervals old, plus one timeout, has missed several runs: whatever it said, it no longer says it. */
    private static final int INTERVALS_UNTIL_TOO_OLD = 3;

    private static final Duration LONGEST = Duration.ofDays(1);

    CheckSettings {
        checkName(name);
        checkPositive(name, "interval", interval);
        checkPositive(name, "timeout", timeout);
        checkPositive(name, "failuresToDown", failuresToDown);
        checkPositive(name, "successesToUp", successesToUp);
    }

    static CheckSettings of(HealthCheck check) {
        return new CheckSettings(
                check.name(),
                check.critical(),
                check.interval(),
                check.timeout(),
                check.failuresToDown(),
                check.successesToUp());
    }

    static void checkName(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("health check name: \"" + name + "\" (expected: a name)");
        }
    }

    Duration maxAge() {
        return Duration.ofNanos(Math.multiplyExact(interval.toNanos(), INTERVALS_UNTIL_TOO_OLD))
                .plus(timeout);
    }

    private static void checkPositive(String name, String setting, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(setting + " of health check " + name + ": " + value
                    + " (expected: more than zero, at most " + LONGEST + ")");
        }
    }

    private static void checkPositive(String name, String setting, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    setting + " of health check " + name + ": " + value + " (expected: 1 or more)");
        }
    }
}
