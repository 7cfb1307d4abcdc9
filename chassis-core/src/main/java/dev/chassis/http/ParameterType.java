package dev.chassis.http;

import dev.chassis.json.Expected;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * The types a parameter can have. Parsing is strict where the JDK is generous: digits are ASCII, there is no {@code 1d}, {@code 0x1p3},
 * {@code NaN} or abbreviated UUID.
 */
enum ParameterType {
    TEXT(String.class, String.class),
    INTEGER(Integer.class, int.class),
    LONG(Long.class, long.class),
    DOUBLE(Double.class, double.class),
    BOOLEAN(Boolean.class, boolean.class),
    DECIMAL(BigDecimal.class, BigDecimal.class),
    UUID_TEXT(UUID.class, UUID.class),
    DATE(LocalDate.class, LocalDate.class),
    INSTANT(Instant.class, Instant.class),
    DURATION(Duration.class, Duration.class),
    ENUM(Enum.class, Enum.class);

    private static final List<ParameterType> ALL = List.of(values());
    private static final int UUID_LENGTH = 36;

    private final Class<?> type;
    private final Class<?> primitive;

    ParameterType(Class<?> type, Class<?> primitive) {
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
            throw ParameterProblem.invalid(kind, name, value, Expected.of(type));
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
