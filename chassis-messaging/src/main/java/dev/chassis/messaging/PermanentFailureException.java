package dev.chassis.messaging;

/**
 * Thrown by a handler, itself or as a cause, when another attempt would fail the same way: the delivery becomes a dead letter at once.
 * Everything else that a handler throws counts as passing.
 */
public class PermanentFailureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A failure that lasts: what is wrong, in one line. */
    public PermanentFailureException(String message) {
        super(message);
    }

    /** A failure that lasts: what is wrong, in one line, and the cause. */
    public PermanentFailureException(String message, Throwable cause) {
        super(message, cause);
    }
}
