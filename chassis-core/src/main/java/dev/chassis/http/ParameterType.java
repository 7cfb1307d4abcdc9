package dev.chassis.http;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The types a parameter can have, and what a client is told to send for them. Parsing is strict where the JDK is generous: digits are
 * ASCII, there is no {@code 1d}, {@code 0x1p3}, {@code NaN} or abbreviated UUID.
 */
enum ParameterType {
    TEXT("text", String.class, String.class),
    INTEGER("a whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE, Integer.class, int.class),
    LONG("a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE, Long.class, long.class),
    DOUBLE("a number", Double.class, double.class),
    BOOLEAN("true or false", Boolean.class, boolean.class),
    DECIMAL("a decimal number without exponent", BigDecimal.class, BigDecimal.class),
    UUID_TEXT("a UUID", UUID.class, UUID.class),
    DATE("a date like 2026-01-31", LocalDate.class, LocalDate.class),
    INSTANT("a time like 2026-01-31T12:00:00Z", Instant.class, Instant.class),
    DURATION("a duration like PT15M", Duration.class, Duration.class),
    ENUM("a constant", Enum.class, Enum.class);

    private static final List<ParameterType> ALL = List.of(values());
    private static final int UUID_LENGTH = 36;

    private final String expected;
    private final Class<?> type;
    private final Class<?> primitive;

    ParameterType(String expected, Class<?> type, Class<?> primitive) {
        this.expected = expected;
        this.type = type;
        this.primitive = primitive;
    }

    /**
     * The parameter type of a Java type.
     *
     * @throws IllegalArgumentException if there is none
     */
    static ParameterType of(Class<?> type) {
        for (ParameterType known : ALL) {
            if (known.type == type || known.primitive == type) {
                return known;
            }
        }
        if (type.isEnum()) {
            return ENUM;
        }
        throw new IllegalArgumentException(
                "parameter type: " + type.getName()
                        + " (expected: String, Integer, Long, Double, Boolean, BigDecimal, UUID, LocalDate, Instant, Duration or an enum)");
    }

    /** What a client should send for a value of this type. */
    String expected(Class<?> type) {
        if (this != ENUM) {
            return expected;
        }
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .collect(Collectors.joining(", ", "one of ", ""));
    }

    /**
     * The value of a parameter.
     *
     * @param kind what kind of parameter it is, for the problem
     * @throws HttpException 400 if it does not parse
     */
    @SuppressWarnings("unchecked") // A primitive class is the class of its box, too, but cannot cast.
    <T> T parse(Class<T> type, String kind, String name, String value) {
        try {
            return (T) parse(type, value);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw ParameterProblem.invalid(kind, name, value, expected(type));
        }
    }

    private Object parse(Class<?> type, String value) {
        return switch (this) {
            case TEXT -> value;
            case INTEGER -> Integer.valueOf(only("0123456789-", value));
            case LONG -> Long.valueOf(only("0123456789-", value));
            case DOUBLE -> finite(Double.parseDouble(only("0123456789-+.eE", value)));
            case BOOLEAN -> bool(value);
            case DECIMAL -> new BigDecimal(only("0123456789-.", value));
            case UUID_TEXT -> uuid(value);
            case DATE -> LocalDate.parse(value);
            case INSTANT -> Instant.parse(value);
            case DURATION -> Duration.parse(value);
            case ENUM -> constant(type, value);
        };
    }

    private static String only(String allowed, String value) {
        for (int i = 0; i < value.length(); i++) {
            if (allowed.indexOf(value.charAt(i)) < 0) {
                throw new IllegalArgumentException(value);
            }
        }
        return value;
    }

    private static Double finite(double value) {
        if (Double.isInfinite(value)) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private static Boolean bool(String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(value);
        }
        return value.equals("true");
    }

    private static UUID uuid(String value) {
        if (value.length() != UUID_LENGTH) {
            throw new IllegalArgumentException(value);
        }
        return UUID.fromString(value);
    }

    private static Object constant(Class<?> type, String value) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(value)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(value);
    }
}
