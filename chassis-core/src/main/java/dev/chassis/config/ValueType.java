package dev.chassis.config;

/**
 * How a type of value is read from text.
 *
 * @param name its name in the reference
 * @param unit its unit in the reference; empty if it has none
 * @param expected what is allowed, for a problem: "a whole number"
 * @param limit what the type itself does not go beyond, for a problem of a value without a maximum; empty if nobody could miss it
 * @param parser reads it; throws anything if it cannot
 */
record ValueType(String name, String unit, String expected, String limit, Parser parser) {

    ValueType(String name, String unit, String expected, Parser parser) {
        this(name, unit, expected, "", parser);
    }

    @FunctionalInterface
    interface Parser {
        Object parse(String text) throws Exception;
    }
}
