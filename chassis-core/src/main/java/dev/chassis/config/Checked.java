package dev.chassis.config;

/**
 * A part whose settings have rules between them: a minimum that must not exceed a maximum, an address that only production needs.
 *
 * <p>The chassis asks every part that was added once, when every value is known to be good and before anything starts; what is broken is
 * reported with everything else that is. Who drives a part alone may ask it too.
 */
public interface Checked {

    /** Tells every rule that is broken. No I/O. */
    void check(Problems problems);

    /**
     * The same for a part that no service has checked.
     *
     * @throws IllegalArgumentException naming the first rule that is broken
     */
    default void requireRules() {
        check((key, expected) -> {
            throw new IllegalArgumentException(key + " (expected: " + expected + ")");
        });
    }

    /** Where broken rules go. */
    @FunctionalInterface
    interface Problems {

        /**
         * Adds one.
         *
         * @param key the key; the report adds its value and where it came from
         * @param expected what is allowed: {@code at most chassis.jdbc.max-size, 10}
         */
        void add(String key, String expected);
    }
}
