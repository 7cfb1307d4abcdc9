package dev.chassis.config;

import org.jspecify.annotations.Nullable;

/**
 * A key that may be set. A {@code *} in the key stands for any name or index.
 *
 * @param list whether it takes several values, separated by commas
 * @param fallback its default, null if there is none
 */
record KeySpec(
        String key,
        ValueType type,
        boolean list,
        Bounds bounds,
        @Nullable String fallback,
        boolean required,
        String description,
        boolean secret) {

    String environmentName() {
        return Keys.environmentName(key);
    }

    /** The same with another name. */
    KeySpec at(String other) {
        return new KeySpec(other, type, list, bounds, fallback, required, description, secret);
    }

    /** The same, which must have a value or need not. */
    KeySpec required(boolean needed) {
        return new KeySpec(key, type, list, bounds, fallback, needed, description, secret);
    }

    boolean isPattern() {
        return key.indexOf('*') >= 0;
    }

    /** What a problem says is allowed. */
    String expected() {
        String limit = bounds.max() == null ? type.limit() : "";
        String one = type.expected() + limit + (bounds.text().isEmpty() ? "" : ", " + bounds.text());
        return list ? "values separated by commas, each " + one : one;
    }
}
