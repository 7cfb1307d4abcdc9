package dev.chassis.messaging;

/**
 * Thrown by a handler, itself or as a cause, when what it needs is away altogether. A consumer with {@link Consumer#pauseWhile a check}
 * pauses: the delivery goes back uncounted and nothing is fetched until the check passes. Without a check it is a passing failure.
 */
public class DependencyDownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is away, in one line, and the cause. */
    public DependencyDownException(String message, Throwable cause) {
        super(message, cause);
    }
}
