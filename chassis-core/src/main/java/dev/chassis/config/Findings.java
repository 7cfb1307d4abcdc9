package dev.chassis.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What has been found out about a configuration so far. Thread-safe.
 *
 * <p>I1: every field is read and written under the lock of this object, and nothing else happens there.
 */
final class Findings {

    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Map<String, Configuration.Entry> entries = new TreeMap<>();

    synchronized void addProblems(Collection<Problem> found) {
        problems.addAll(found);
    }

    synchronized void addEntries(Collection<Configuration.Entry> found) {
        for (Configuration.Entry entry : found) {
            entries.put(entry.key(), entry);
        }
    }

    /** In the order they were found; what was found twice is there once. */
    synchronized List<Problem> problems() {
        return new ArrayList<>(problems);
    }

    /** In order of their keys. */
    synchronized List<Configuration.Entry> entries() {
        return List.copyOf(entries.values());
    }

    ConfigException failure() {
        return new ConfigException(problems());
    }
}
