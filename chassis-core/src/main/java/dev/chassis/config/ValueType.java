package dev.chassis.config;

import io.smallrye.config.SmallRyeConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/**
 * A type that text is read as, in words.
 *
 * @param raw the class
 * @param name its name in the reference
 * @param unit its unit in the reference; empty if it has none
 * @param expected what is allowed, for a problem: "a whole number"
 * @param limit what the type itself does not go beyond, for a problem of a value without a maximum; empty if nobody could miss it
 * @param converter reads it; null if that of SmallRye does
 */
record ValueType(
        Class<?> raw,
        String name,
        String unit,
        String expected,
        String limit,
        @Nullable Converter<?> converter) {

    private static final String BYTES = "bytes";
    private static final String SIZE = "a number of bytes: 65536, 64KiB, 1MiB or 1GiB";
    private static final String WHOLE = "a whole number";
    private static final String INT = ", below 2^31";

    /**
     * The type of a value.
     *
     * @param key its key: that of a number of bytes ends so, and only it may be written with a unit
     */
    static ValueType of(Class<?> type, String key) {
        if (type == int.class || type == Integer.class) {
            return key.endsWith(BYTES)
                    ? new ValueType(type, "size", BYTES, SIZE, INT, new TextReader<>(Texts::intSize))
                    : new ValueType(
                            type,
                            "whole number",
                            "",
                            WHOLE,
                            INT,
                            new TextReader<>(text -> Integer.valueOf(text.strip())));
        }
        if (type == long.class || type == Long.class) {
            return key.endsWith(BYTES)
                    ? new ValueType(type, "size", BYTES, SIZE, "", new TextReader<>(Sizes::parse))
                    : new ValueType(
                            type, "whole number", "", WHOLE, "", new TextReader<>(text -> Long.valueOf(text.strip())));
        }
        if (type == double.class || type == Double.class) {
            return new ValueType(type, "number", "", "a number", "", new TextReader<>(Texts::number));
        }
        return type == boolean.class || type == Boolean.class
                ? new ValueType(type, "true or false", "", "true or false", "", new TextReader<>(Texts::truth))
                : other(type);
    }

    private static ValueType other(Class<?> type) {
        if (type == Duration.class) {
            String expected = "a duration with its unit: 250ms, 10s, 1m30s or PT10S";
            return new ValueType(type, "duration", "ms, s, m, h, d", expected, "", new TextReader<>(Durations::parse));
        }
        if (type.isEnum()) {
            String names = "one of " + names(type);
            return new ValueType(type, names, "", names, "", null);
        }
        if (type == String.class) {
            return new ValueType(type, "text", "", "text", "", null);
        }
        if (type == URI.class) {
            return new ValueType(type, "URI", "", "a URI", "", null);
        }
        if (type == Path.class) {
            return new ValueType(type, "path", "", "a path", "", null);
        }
        String name = type.getSimpleName();
        return new ValueType(type, name, "", "text that is a valid " + name, "", null);
    }

    private static String names(Class<?> type) {
        StringBuilder names = new StringBuilder();
        for (Object constant : type.getEnumConstants()) {
            String name = ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
            names.append(names.isEmpty() ? "" : ", ").append(name);
        }
        return names.toString();
    }

    /**
     * What reads it.
     *
     * @throws IllegalArgumentException if SmallRye has no converter for the class
     */
    Converter<?> reader(SmallRyeConfig config) {
        return converter == null ? config.requireConverter(raw) : converter;
    }

    /** The value of a text; null if it is none. Why does not matter: the problem says what would be right, the cause may quote a secret. */
    static @Nullable Object read(Converter<?> reader, String text) {
        try {
            return reader.convert(text);
        } catch (RuntimeException e) {
            return null;
        }
    }
}
