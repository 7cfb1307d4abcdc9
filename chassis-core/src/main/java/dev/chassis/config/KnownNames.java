package dev.chassis.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that may be set, in one of the two ways names are written: dotted, or as environment variables. Immutable once built. */
final class KnownNames {

    private static final String CHASSIS = "chassis";

    /** What chassis-testing reads of the environment, wherever a service runs in a test: no configuration of the service. */
    private static final List<String> OF_TESTS = List.of("CHASSIS_DEV_SERVICES", "CHASSIS_REQUIRE_SERVERS");

    private final boolean variables;
    private final String chassis;
    private final Map<String, Collection<String>> closed;
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> removed = new LinkedHashSet<>();
    private final List<String> patterns = new ArrayList<>();
    private final List<String> heads = new ArrayList<>();

    private KnownNames(Catalogue catalogue, Removed removedKeys, boolean variables) {
        this.variables = variables;
        this.chassis = head(CHASSIS);
        this.closed = catalogue.closed();
        if (variables) {
            names.addAll(OF_TESTS);
            names.addAll(catalogue.variables().keySet());
        }
        for (KeySpec spec : catalogue.keys()) {
            (spec.isPattern() ? patterns : names).add(written(spec.key()));
            if (spec.list()) {
                patterns.add(written(spec.key() + "[*]"));
            }
        }
        for (String open : catalogue.openPrefixes()) {
            patterns.add(written(Keys.join(open, "*")));
        }
        for (Catalogue.Mapping mapping : catalogue.mappings()) {
            // The environment is shared with the platform: none of it is under the empty prefix.
            if (!variables || !mapping.prefix().isEmpty()) {
                heads.add(head(mapping.prefix()));
            }
        }
        for (String key : removedKeys.advice().keySet()) {
            removed.add(written(key));
        }
    }

    static KnownNames dotted(Catalogue catalogue, Removed removed) {
        return new KnownNames(catalogue, removed, false);
    }

    static KnownNames ofVariables(Catalogue catalogue, Removed removed) {
        return new KnownNames(catalogue, removed, true);
    }

    boolean knows(String name) {
        if (names.contains(name) || names.contains(Keys.unquoted(name)) || removed.contains(name)) {
            return true;
        }
        for (String pattern : patterns) {
            if (Globs.matches(pattern, name)) {
                return true;
            }
        }
        return false;
    }

    boolean isOfChassis(String name) {
        return name.startsWith(chassis);
    }

    /** Whether it stands under the prefix of a mapping. */
    boolean isUnderPrefix(String name) {
        for (String head : heads) {
            if (name.startsWith(head)) {
                return true;
            }
        }
        return false;
    }

    /** Whether its first segment is a slip of the pen for ours: {@code CHASIS_PROFILE}. */
    boolean isNearlyOfChassis(String name) {
        int end = name.indexOf(chassis.charAt(chassis.length() - 1));
        return Math.abs(end - CHASSIS.length()) <= 1 && Suggestions.distance(name.substring(0, end + 1), chassis) == 1;
    }

    /** The names there are in the map of a key; null if it is in none whose names are known. */
    @Nullable
    Collection<String> siblings(String name) {
        for (Map.Entry<String, Collection<String>> map : closed.entrySet()) {
            if (name.startsWith(head(map.getKey()))) {
                return map.getValue();
            }
        }
        return null;
    }

    boolean isSlip(String name) {
        return Suggestions.isSlip(name, names);
    }

    String didYouMean(String name) {
        return Suggestions.didYouMean(variables ? name : Keys.unquoted(name), names);
    }

    private String written(String key) {
        return variables ? Keys.environmentName(key) : key;
    }

    private String head(String prefix) {
        if (prefix.isEmpty()) {
            return "";
        }
        return written(prefix) + (variables ? '_' : '.');
    }
}
