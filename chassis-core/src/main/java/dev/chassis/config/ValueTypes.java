package dev.chassis.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The types a value may have. */
final class ValueTypes {

    private static final String BYTES = "bytes";
    private static final String SIZE = "a number of bytes: 65536, 64KiB, 1MiB or 1GiB";
    private static final String WHOLE = "a whole number";
    private static final String INT = ", below 2^31";

    private ValueTypes() {}

    /**
     * The type of a value, null if text cannot be read as it.
     *
     * @param name the last part of the key: one that ends in {@code bytes} may be written with a unit
     */
    static @Nullable ValueType of(Class<?> type, String name) {
        if (type == String.class) {
            return new ValueType("text", "", "text", text -> text);
        }
        if (type == Duration.class) {
            return new ValueType(
                    "duration",
                    "ms, s, m, h, d",
                    "a duration with its unit: 250ms, 10s, 1m30s or PT10S",
                    Durations::parse);
        }
        if (type == boolean.class || type == Boolean.class) {
            return new ValueType("true or false", "", "true or false", ValueTypes::parseBoolean);
        }
        if (type.isEnum()) {
            String names = enumNames(type);
            return new ValueType("one of " + names, "", "one of " + names, text -> parseEnum(type, text));
        }
        ValueType number = number(type, name.endsWith(BYTES));
        return number != null ? number : other(type);
    }

    private static @Nullable ValueType number(Class<?> type, boolean bytes) {
        if (type == int.class || type == Integer.class) {
            return bytes
                    ? new ValueType("size", BYTES, SIZE, INT, text -> Math.toIntExact(Sizes.parse(text)))
                    : new ValueType("whole number", "", WHOLE, INT, text -> Integer.valueOf(text.strip()));
        }
        if (type == long.class || type == Long.class) {
            return bytes
                    ? new ValueType("size", BYTES, SIZE, Sizes::parse)
                    : new ValueType("whole number", "", WHOLE, text -> Long.valueOf(text.strip()));
        }
        if (type == double.class || type == Double.class) {
            return new ValueType("number", "", "a number", ValueTypes::parseDouble);
        }
        return null;
    }

    private static @Nullable ValueType other(Class<?> type) {
        if (type == URI.class) {
            return new ValueType("URI", "", "a URI", text -> new URI(text.strip()));
        }
        if (type == Path.class) {
            return new ValueType("path", "", "a path", text -> Path.of(text.strip()));
        }
        if (type == UUID.class) {
            return new ValueType("UUID", "", "a UUID", text -> UUID.fromString(text.strip()));
        }
        ValueType.Parser factory = Factories.of(type);
        String name = type.getSimpleName();
        return factory == null ? null : new ValueType(name, "", "text that is a valid " + name, factory);
    }

    private static Object parseBoolean(String text) {
        String word = text.strip();
        if (!word.equalsIgnoreCase("true") && !word.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException();
        }
        return word.equalsIgnoreCase("true");
    }

    private static Object parseDouble(String text) {
        double number = Double.parseDouble(text);
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new IllegalArgumentException();
        }
        return number;
    }

    private static Object parseEnum(Class<?> type, String text) {
        String wanted = text.strip();
        for (Object constant : type.getEnumConstants()) {
            String name = ((Enum<?>) constant).name();
            if (name.equalsIgnoreCase(wanted) || enumName(name).equalsIgnoreCase(wanted)) {
                return constant;
            }
        }
        throw new IllegalArgumentException();
    }

    private static String enumNames(Class<?> type) {
        StringBuilder names = new StringBuilder();
        for (Object constant : type.getEnumConstants()) {
            names.append(names.isEmpty() ? "" : ", ").append(enumName(((Enum<?>) constant).name()));
        }
        return names.toString();
    }

    private static String enumName(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
