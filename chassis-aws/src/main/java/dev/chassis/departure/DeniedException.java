package dev.chassis.departure;

/** ECS does not let us ask; asking again soon does not help. */
final class DeniedException extends Exception {

    private static final long serialVersionUID = 1L;

    DeniedException(String message) {
        super(message);
    }
}
