package dev.chassis.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One place that settings come from. Immutable. */
final class Layer {

    private final Kind kind;
    private final String label;
    private final Map<String, Setting> settings;

    /** A layer from names as they are written there. */
    Layer(Kind kind, String label, Map<String, String> texts) {
        this.kind = kind;
        this.label = label;
        Map<String, Setting> found = new LinkedHashMap<>();
        // Sorted, so that what is reported has the same order on every run.
        for (Map.Entry<String, String> text : new TreeMap<>(texts).entrySet()) {
            String name = text.getKey();
            found.put(kind.canonical(name), new Setting(this, name, text.getValue()));
        }
        this.settings = Collections.unmodifiableMap(found);
    }

    Kind kind() {
        return kind;
    }

    String origin(String name) {
        return kind == Kind.ENVIRONMENT ? "environment variable " + name : label;
    }

    /** The setting of a key in its one spelling. */
    @Nullable
    Setting find(String key) {
        return settings.get(kind == Kind.ENVIRONMENT ? Keys.environmentName(key) : key);
    }

    /** All settings by their one spelling: dotted, or in the environment's. */
    Map<String, Setting> settings() {
        return settings;
    }

    enum Kind {
        COMMAND_LINE,
        SYSTEM_PROPERTIES,
        ENVIRONMENT,
        FILE;

        private String canonical(String name) {
            return this == ENVIRONMENT ? Keys.collapsed(name) : Keys.canonical(name);
        }
    }
}
