package dev.chassis.lifecycle;

/**
 * Why the process ended. The numbers follow sysexits.h where it has one, and timeout(1) and the shells where it has not; they are part
 * of the chassis' contract with the platform (docs/drain.md).
 */
public enum ExitCode {
    /** Drained, nothing abandoned. */
    CLEAN(0),
    /** A command-line argument nobody knows (EX_USAGE). */
    USAGE(64),
    /** A component failed to start, and another attempt would fail the same way (EX_SOFTWARE). */
    START_FAILED(70),
    /** A component failed to start because something it needs was away until the deadline (EX_TEMPFAIL). */
    DEPENDENCY_UNAVAILABLE(75),
    /** The configuration is wrong (EX_CONFIG). */
    BAD_CONFIG(78),
    /** Drained, but work was unfinished when the grace was over. */
    WORK_ABANDONED(80),
    /** The drain itself did not end within its budget; a thread dump was written (as timeout(1) does). */
    DEADLINE_EXCEEDED(124),
    /** A second SIGTERM or SIGINT cut the drain short (128 + SIGTERM). */
    FORCED(143);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** The number the process exits with. */
    public int number() {
        return number;
    }
}
