package dev.chassis.config;

import org.jspecify.annotations.Nullable;

/**
 * A key that may be set, as the reference lists it. A {@code *} in the key stands for any name.
 *
 * @param fallback its default, null if there is none
 * @param range empty if there is none
 */
record KeySpec(
        String key,
        String type,
        String unit,
        @Nullable String fallback,
        boolean required,
        String range,
        String description,
        boolean secret) {

    String environmentName() {
        return Keys.environmentName(key);
    }

    boolean isPattern() {
        return key.indexOf('*') >= 0;
    }
}
