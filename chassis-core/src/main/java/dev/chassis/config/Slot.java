package dev.chassis.config;

import org.jspecify.annotations.Nullable;

/**
 * A place in the tree of keys that a value is read into. Immutable.
 *
 * @param key its key; a {@code *} in it stands for any name
 * @param fallback the default as text, null if there is none
 * @param description what it is for
 * @param required whether it is a problem if nothing is set
 * @param form what the reference says before the type: "list of "
 */
record Slot(String key, @Nullable String fallback, String description, boolean required, String form) {

    /** The place of a whole mapping. */
    static Slot root(String prefix) {
        return new Slot(prefix, null, "", true, "");
    }

    Slot optional() {
        return new Slot(key, fallback, description, false, form);
    }

    Slot form(String prefix) {
        return new Slot(key, fallback, description, required, form + prefix);
    }

    /** The place of one element under this one. */
    Slot element(String name) {
        return new Slot(Keys.join(key, name), null, description, true, form);
    }
}
