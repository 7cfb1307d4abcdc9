package dev.chassis.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keys that were known once. One that is still set is a warning, never a problem: refusing it would turn an upgrade into a boot loop.
 * Immutable.
 *
 * @param advice what to use instead, by key
 */
record Removed(Map<String, String> advice) {

    /** The keys removed in earlier versions. */
    static final Removed KEYS = new Removed(Map.of());

    /** One line for each of them that is set. */
    List<String> warnings(Values values) {
        List<String> warnings = new ArrayList<>();
        for (Map.Entry<String, String> removed : new TreeMap<>(advice).entrySet()) {
            Setting setting = values.find(removed.getKey());
            if (setting != null) {
                warnings.add(removed.getKey() + " from " + setting.origin() + " has no effect any more; "
                        + removed.getValue());
            }
        }
        return warnings;
    }
}
