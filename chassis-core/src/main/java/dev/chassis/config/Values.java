package dev.chassis.config;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds what keys are worth. Thread-safe: the layers never change, and the keys that expressions asked for are a concurrent set.
 */
final class Values {

    private final List<Layer> layers;
    private final Catalogue catalogue;
    private final Set<String> referenced = ConcurrentHashMap.newKeySet();

    /**
     * Values of these layers, the highest first.
     *
     * @param catalogue what is known of keys: defaults for expressions that name them, and which are secret
     */
    Values(List<Layer> layers, Catalogue catalogue) {
        this.layers = List.copyOf(layers);
        this.catalogue = catalogue;
    }

    List<Layer> layers() {
        return layers;
    }

    @Nullable
    Setting find(String key) {
        for (Layer layer : layers) {
            Setting setting = layer.find(key);
            if (setting != null) {
                return setting;
            }
        }
        return null;
    }

    /** The value of a key; a setting that is empty hides those below and the default, and counts as not set. */
    Value value(String key, @Nullable String fallback, boolean isSecret) {
        boolean secret = isSecret || isSecret(key);
        Setting setting = find(key);
        if (setting != null) {
            boolean literal = setting.layer().kind() == Layer.Kind.ENVIRONMENT;
            return expanded(key, setting.value(), literal, setting.origin(), secret);
        }
        if (fallback != null) {
            return expanded(key, fallback, false, Value.DEFAULT, secret);
        }
        return new Value(key, "", "", true, secret, null);
    }

    /** What an expression finds under a name, not expanded; null if it is not set. */
    @Nullable
    Reference reference(String key) {
        referenced.add(key);
        referenced.add(Keys.environmentName(key));
        Setting setting = find(key);
        if (setting != null) {
            return setting.value().isEmpty()
                    ? null
                    : new Reference(setting.value(), setting.layer().kind() == Layer.Kind.ENVIRONMENT);
        }
        KeySpec spec = catalogue.find(key);
        return spec == null || spec.fallback() == null ? null : new Reference(spec.fallback(), false);
    }

    /** Whether an expression asked for this key or environment variable, which makes it a known one. */
    boolean isReferenced(String name) {
        return referenced.contains(name);
    }

    /** Whether a key's name or its declaration says that it is a secret. */
    boolean isSecret(String key) {
        if (Masking.isSecret(key)) {
            return true;
        }
        KeySpec spec = catalogue.find(key);
        return spec != null && spec.secret();
    }

    private Value expanded(String key, String text, boolean literal, String origin, boolean secret) {
        boolean isDefault = origin.equals(Value.DEFAULT);
        if (literal || text.indexOf('$') < 0) {
            return new Value(key, text, origin, isDefault, secret, null);
        }
        Expansion expansion = new Expansion(this, key);
        String result = expansion.expand(text);
        if (expansion.failure() != null) {
            return new Value(key, text, origin, isDefault, secret, expansion.failure());
        }
        return new Value(key, result, origin, isDefault, secret || expansion.touchedSecret(), null);
    }

    /** What an expression refers to; literal text is taken as it is. */
    record Reference(String text, boolean literal) {}
}
