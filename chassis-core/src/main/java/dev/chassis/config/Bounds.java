package dev.chassis.config;

import org.jspecify.annotations.Nullable;

/**
 * The values from {@code min} to {@code max}, both included.
 *
 * @param least the smallest as it was written; empty if there is none
 * @param most the largest as it was written; empty if there is none
 */
record Bounds(@Nullable Object min, @Nullable Object max, String least, String most) {

    static final Bounds NONE = new Bounds(null, null, "", "");

    /**
     * The bounds that an annotation states.
     *
     * @throws IllegalArgumentException if they are not values of that type
     */
    static Bounds of(@Nullable Range range, ValueType type) {
        return range == null ? NONE : of(range.min(), range.max(), type);
    }

    /** The same from the texts of an annotation. */
    static Bounds of(String least, String most, ValueType type) {
        if (least.isEmpty() && most.isEmpty()) {
            return NONE;
        }
        return new Bounds(parse(least, type), parse(most, type), least, most);
    }

    boolean contains(Object value) {
        return (min == null || compare(value, min) >= 0) && (max == null || compare(value, max) <= 0);
    }

    /** How a problem and the reference say it; empty without bounds. */
    String text() {
        if (least.isEmpty()) {
            return most.isEmpty() ? "" : "at most " + most;
        }
        return most.isEmpty() ? "at least " + least : least + " to " + most;
    }

    private static @Nullable Object parse(String bound, ValueType type) {
        if (bound.isEmpty()) {
            return null;
        }
        Object value = type.converter() == null ? null : ValueType.read(type.converter(), bound);
        if (value == null) {
            throw new IllegalArgumentException("@Range: \"" + bound + "\" (expected: " + type.expected() + ")");
        }
        if (value instanceof Comparable) {
            return value;
        }
        throw new IllegalArgumentException("@Range on a " + type.name() + " (expected: a number, size or duration)");
    }

    @SuppressWarnings("unchecked") // Both come from the same parser, which makes comparable values.
    private static int compare(Object value, Object bound) {
        return ((Comparable<Object>) value).compareTo(bound);
    }
}
