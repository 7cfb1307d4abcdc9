package dev.chassis.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys that are known so far. Thread-safe.
 *
 * <p>I1: every field is read and written under the lock of this object; mapping interfaces are read outside it.
 */
final class Catalogue {

    private final List<Mapping> mappings = new ArrayList<>();
    private final Map<String, KeySpec> keys = new TreeMap<>();
    private final List<String> open = new ArrayList<>();

    /** Makes the keys of a mapping known. Returns its tree. */
    Group declare(String prefix, Class<?> type) {
        Group known = known(prefix, type);
        if (known != null) {
            return known;
        }
        Group group = MappingReader.read(type);
        List<KeySpec> specs = new ArrayList<>();
        group.describe(Slot.root(prefix), specs);
        add(new Mapping(prefix, group), specs);
        return group;
    }

    /** Makes every key below a prefix known. */
    synchronized void open(String prefix) {
        open.add(prefix);
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

    /** The known keys, in order. */
    synchronized Collection<KeySpec> keys() {
        return List.copyOf(keys.values());
    }

    /** The prefixes of which every key is known. */
    synchronized List<String> openPrefixes() {
        return List.copyOf(open);
    }

    /** The mappings, in order of their declaration. */
    synchronized List<Mapping> mappings() {
        return List.copyOf(mappings);
    }

    private synchronized @Nullable Group known(String prefix, Class<?> type) {
        for (Mapping mapping : mappings) {
            if (mapping.group().type() == type && mapping.prefix().equals(prefix)) {
                return mapping.group();
            }
        }
        return null;
    }

    private synchronized void add(Mapping mapping, List<KeySpec> specs) {
        if (known(mapping.prefix(), mapping.group().type()) != null) {
            return; // Another thread was faster.
        }
        mappings.add(mapping);
        for (KeySpec spec : specs) {
            keys.putIfAbsent(spec.key(), spec);
        }
    }

    /** A mapping under its prefix. */
    record Mapping(String prefix, Group group) {}
}
