package dev.chassis.outbox;

import java.time.Duration;

/**
 * What waits, as it was when the health check looked. Immutable.
 *
 * @param rows how many rows there are; {@link #MANY} for so many or more
 * @param oldest the age of the first one in order; zero if there is none
 * @param stuck how many rows have failed {@link #STUCK_ATTEMPTS} times or more: each holds up its key
 */
record Waiting(long rows, Duration oldest, long stuck) {

    /** Counting stops here: a count of millions would cost more than it tells. */
    static final int MANY = 100_000;

    /** Two failures may be a connection that broke twice. */
    static final int STUCK_ATTEMPTS = 3;

    static final Waiting NOTHING = new Waiting(0, Duration.ZERO, 0);

    @Override
    public String toString() {
        String many = rows >= MANY ? " or more" : "";
        return rows + many + " messages wait, the oldest for " + oldest + ", " + stuck
                + " keys are held up by a message that fails";
    }
}
