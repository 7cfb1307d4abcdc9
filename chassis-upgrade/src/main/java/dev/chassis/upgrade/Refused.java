package dev.chassis.upgrade;

/** Why nothing was done, in words for who asked. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    Refused(String message) {
        super(message);
    }
}
