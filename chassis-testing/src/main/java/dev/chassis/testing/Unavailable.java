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

    /** The first line of what a failure says, and of what is at the bottom of it, for a list of reasons. */
    static Unavailable because(String what, Throwable cause) {
        Throwable bottom = cause;
        while (bottom.getCause() != null) {
            bottom = bottom.getCause();
        }
        String reason = firstLine(cause) + (bottom == cause ? "" : ": " + firstLine(bottom));
        return new Unavailable(what + ": " + reason, cause);
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
