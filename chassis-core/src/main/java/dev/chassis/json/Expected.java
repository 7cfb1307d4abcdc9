package dev.chassis.json;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What a sender is told to send for a value of a type, in words that name no class. */
public final class Expected {

    private static final String INTEGER = "a whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE;
    private static final String LONG = "a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE;
    private static final String DOUBLE = "a number";
    private static final String BOOLEAN = "true or false";

    private static final Map<Class<?>, String> KNOWN = Map.ofEntries(
            Map.entry(String.class, "text"),
            Map.entry(Integer.class, INTEGER),
            Map.entry(int.class, INTEGER),
            Map.entry(Long.class, LONG),
            Map.entry(long.class, LONG),
            Map.entry(Double.class, DOUBLE),
            Map.entry(double.class, DOUBLE),
            Map.entry(Boolean.class, BOOLEAN),
            Map.entry(boolean.class, BOOLEAN),
            Map.entry(BigDecimal.class, "a decimal number without exponent"),
            Map.entry(UUID.class, "a UUID"),
            Map.entry(LocalDate.class, "a date like 2026-01-31"),
            Map.entry(Instant.class, "a time like 2026-01-31T12:00:00Z"),
            Map.entry(Duration.class, "a duration like PT15M"));

    private Expected() {}

    /** What to send for a value of this type: {@code a UUID}, {@code one of LOW, HIGH}, {@code an object}. */
    public static String of(Class<?> type) {
        String known = KNOWN.get(type);
        if (known != null) {
            return known;
        }
        if (type.isEnum()) {
            return constants(type);
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "an array";
        }
        if (Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        return type.isPrimitive() || type.getName().startsWith("java.") ? "another value" : "an object";
    }

    private static String constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .collect(Collectors.joining(", ", "one of ", ""));
    }
}
