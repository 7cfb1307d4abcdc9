package dev.chassis.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys that are known so far. Thread-safe.
 *
 * <p>I1: every field is read and written under the lock of this object; mapping interfaces are read outside it.
 */
final class Catalogue {

    private final List<Mapping> mappings = new ArrayList<>();
    private final NavigableMap<String, KeySpec> keys = new TreeMap<>();
    private final List<String> open = new ArrayList<>();
    private final Map<String, Collection<String>> closed = new TreeMap<>();

    /** Makes the keys of a mapping known. */
    void declare(String prefix, Class<?> type) {
        if (!isKnown(prefix, type)) {
            String description = KeyTable.description(type);
            add(new Mapping(prefix, type, description, MappingWalk.keys(type, prefix, Names.ANY)));
        }
    }

    /** Makes every key below a prefix known. */
    synchronized void open(String prefix) {
        open.add(prefix);
    }

    /** Leaves a map these names, each of which is a key of its own from now on. */
    synchronized void close(String map, Collection<String> names) {
        KeySpec any = Objects.requireNonNull(keys.remove(map + ".*"), map);
        names.forEach(name -> keys.put(map + '.' + name, any.at(map + '.' + name)));
        closed.put(map, List.copyOf(names));
    }

    /** The maps that have no other names than these. */
    synchronized Map<String, Collection<String>> closed() {
        return Map.copyOf(closed);
    }

    /** The keys of such maps by the variables that may be meant for them: those of their names in quotes, or without them. */
    synchronized Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        closed.forEach((map, names) -> names.forEach(name -> {
            String key = map + '.' + name;
            variables.put(Keys.environmentName(key), key);
            variables.put(Keys.environmentName(map + ".\"" + name + '"'), key);
        }));
        return variables;
    }

    /** What is known of a key, null if nothing. */
    synchronized @Nullable KeySpec find(String key) {
        KeySpec exact = keys.get(key);
        if (exact != null) {
            return exact;
        }
        for (KeySpec spec : keys.values()) {
            if (spec.isPattern() && Globs.matches(spec.key(), key)) {
                return spec;
            }
        }
        return null;
    }

    /** Whether a key's name or its declaration says that it is a secret. */
    boolean isSecret(String key) {
        KeySpec spec = find(key);
        return Masking.isSecret(key) || spec != null && spec.secret();
    }

    /** Whether a key takes several values. */
    boolean isList(String key) {
        KeySpec spec = find(key);
        return spec != null && spec.list();
    }

    /** How much is known; it only grows. */
    synchronized int size() {
        return mappings.size() + open.size() + closed.size();
    }

    /** The known keys, in order. */
    synchronized Collection<KeySpec> keys() {
        return List.copyOf(keys.values());
    }

    /** Whether any key below a prefix is known. */
    synchronized boolean isDeclared(String prefix) {
        for (String key : keys.keySet()) {
            if (Keys.isUnder(prefix, key)) {
                return true;
            }
        }
        return false;
    }

    /** The names of the known keys, patterns after what is spelt out: the first that fits a variable is taken. */
    synchronized Set<String> names() {
        return new LinkedHashSet<>(keys.descendingKeySet());
    }

    /** The defaults, by key. */
    synchronized Map<String, String> defaults() {
        Map<String, String> defaults = new HashMap<>();
        for (KeySpec spec : keys.values()) {
            if (spec.fallback() != null) {
                defaults.put(spec.key(), spec.fallback());
            }
        }
        return defaults;
    }

    /** The prefixes of which every key is known. */
    synchronized List<String> openPrefixes() {
        return List.copyOf(open);
    }

    /** The mappings, in order of their declaration. */
    synchronized List<Mapping> mappings() {
        return List.copyOf(mappings);
    }

    private synchronized boolean isKnown(String prefix, Class<?> type) {
        for (Mapping mapping : mappings) {
            if (mapping.type() == type && mapping.prefix().equals(prefix)) {
                return true;
            }
        }
        return false;
    }

    private synchronized void add(Mapping mapping) {
        if (isKnown(mapping.prefix(), mapping.type())) {
            return; // Another thread was faster.
        }
        mappings.add(mapping);
        for (KeySpec spec : mapping.keys()) {
            keys.putIfAbsent(spec.key(), spec);
        }
    }

    /** A mapping under its prefix. */
    record Mapping(String prefix, Class<?> type, String description, List<KeySpec> keys) {}
}
