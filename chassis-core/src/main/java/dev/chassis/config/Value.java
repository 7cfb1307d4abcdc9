package dev.chassis.config;

import org.jspecify.annotations.Nullable;

/**
 * What a key is worth, all layers considered.
 *
 * @param text the text with expressions expanded; empty if it is not set
 * @param origin where it came from; empty if it is not set
 * @param secret whether it must not be shown
 * @param failure what was expected of an expression that could not be expanded, else null
 */
record Value(
        String key,
        String text,
        String origin,
        boolean isDefault,
        boolean secret,
        @Nullable String failure) {

    static final String DEFAULT = "default";

    boolean isEmpty() {
        return text.isEmpty();
    }

    Value withoutText() {
        return new Value(key, "", origin, isDefault, secret, failure);
    }

    Problem problem(String expected) {
        return new Problem(key, shown(), origin, expected);
    }

    Configuration.Entry entry() {
        return new Configuration.Entry(key, shown(), origin, isDefault);
    }

    private String shown() {
        return secret && !text.isEmpty() ? Masking.MASK : Masking.shown(text);
    }
}
