package dev.chassis.testing;

/** Why one way to a server leads nowhere. Caught where the next way is tried. */
final class Unavailable extends Exception {

    private static final long serialVersionUID = 1L;

    Unavailable(String message) {
        super(message);
    }

    Unavailable(String message, Throwable cause) {
        super(message, cause);
    }

    /** The first line of what a failure says, for a list of reasons. */
    static Unavailable because(String what, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return new Unavailable(what + ": " + message.lines().findFirst().orElse(""), cause);
    }
}
