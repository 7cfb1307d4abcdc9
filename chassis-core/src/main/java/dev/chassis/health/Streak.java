package dev.chassis.health;

import dev.chassis.health.Health.Status;

/**
 * The memory of one check: its verdict and the run of equal results behind it. Immutable; {@link #after} is the whole hysteresis.
 *
 * @param known whether there has been any result; the first one decides alone
 * @param status the verdict
 * @param detail what a person should know, including how far the count towards a change is
 * @param failures failed runs since the last success
 * @param successes successful runs since the last failure
 */
record Streak(boolean known, Status status, String detail, int failures, int successes) {

    static final Streak NONE = new Streak(false, Status.DOWN, "not yet run", 0, 0);

    Streak after(Health result, CheckSettings settings) {
        return result.status() == Status.DOWN
                ? failed(result.detail(), settings.failuresToDown())
                : passed(result, settings.successesToUp());
    }

    private Streak failed(String reason, int needed) {
        int count = failures + 1;
        boolean stillPassing = known && status != Status.DOWN && count < needed;
        return stillPassing
                ? new Streak(true, status, "failure " + count + " of " + needed + ": " + reason, count, 0)
                : new Streak(true, Status.DOWN, reason, count, 0);
    }

    private Streak passed(Health result, int needed) {
        int count = successes + 1;
        boolean stillFailing = known && status == Status.DOWN && count < needed;
        return stillFailing
                ? new Streak(true, Status.DOWN, "success " + count + " of " + needed, 0, count)
                : new Streak(true, result.status(), result.detail(), 0, count);
    }
}
