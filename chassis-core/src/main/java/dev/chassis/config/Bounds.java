package dev.chassis.config;

import org.jspecify.annotations.Nullable;

/**
 * The values from {@code min} to {@code max}, both included.
 *
 * @param text how a problem and the reference say it; empty without bounds
 */
record Bounds(@Nullable Object min, @Nullable Object max, String text) {

    static final Bounds NONE = new Bounds(null, null, "");

    /**
     * The bounds that an annotation states.
     *
     * @throws IllegalArgumentException if they are not values of that type
     */
    static Bounds of(@Nullable Range range, ValueType type) {
        if (range == null || range.min().isEmpty() && range.max().isEmpty()) {
            return NONE;
        }
        return new Bounds(parse(range.min(), type), parse(range.max(), type), text(range.min(), range.max()));
    }

    boolean contains(Object value) {
        return (min == null || compare(value, min) >= 0) && (max == null || compare(value, max) <= 0);
    }

    private static String text(String min, String max) {
        if (max.isEmpty()) {
            return "at least " + min;
        }
        return min.isEmpty() ? "at most " + max : min + " to " + max;
    }

    private static @Nullable Object parse(String bound, ValueType type) {
        if (bound.isEmpty()) {
            return null;
        }
        try {
            Object value = type.parser().parse(bound);
            if (value instanceof Comparable) {
                return value;
            }
        } catch (Exception e) {
            throw new IllegalArgumentException("@Range: \"" + bound + "\" (expected: " + type.expected() + ")", e);
        }
        throw new IllegalArgumentException("@Range on a " + type.name() + " (expected: a number, size or duration)");
    }

    @SuppressWarnings("unchecked") // Both come from the same parser, which makes comparable values.
    private static int compare(Object value, Object bound) {
        return ((Comparable<Object>) value).compareTo(bound);
    }
}
