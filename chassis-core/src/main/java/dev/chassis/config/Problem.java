package dev.chassis.config;

/**
 * One thing that is wrong with the configuration. Immutable.
 *
 * @param key the key, as in a properties file; for an unknown environment variable, its name
 * @param value the value as it was found, {@code *****} where it is secret; empty if there is none, and for unknown keys, whose values
 *     may be secrets under a misspelt name
 * @param origin where the value came from ({@code environment variable ORDERS_PORT}); empty if it is not set
 * @param expected what is allowed instead
 */
public record Problem(String key, String value, String origin, String expected) {

    /** The problem as one line. */
    @Override
    public String toString() {
        return key + found() + " (expected: " + expected + ")";
    }

    private String found() {
        if (origin.isEmpty()) {
            return " is not set";
        }
        return value.isEmpty() ? " from " + origin : " = \"" + value + "\" from " + origin;
    }
}
