package dev.chassis.lifecycle;

/**
 * Thrown by {@link Component#start} when the cause is passing (refused, timed out, still starting up), so that another attempt makes
 * sense. Everything else that {@code start} throws ends the start at once.
 */
public final class TransientFailureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A passing failure: what was tried, in one line, and the cause. */
    public TransientFailureException(String message, Throwable cause) {
        super(message, cause);
    }
}
