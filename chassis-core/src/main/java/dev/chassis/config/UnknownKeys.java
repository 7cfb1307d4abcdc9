package dev.chassis.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds settings that nothing reads.
 *
 * <p>How strict it is depends on whose place it is. The command line, files under the prefix of a mapping, and everything under {@code
 * chassis} belong to the service: each unknown key is a problem. The environment and the system properties are shared with the platform
 * and the JVM: under other prefixes only a slip of the pen is. So is a key of a file outside every prefix, {@code chasis.http.port}.
 */
final class UnknownKeys {

    private static final String CHASSIS = "chassis";

    private final Values values;
    private final Removed removed;
    private final List<String> names = new ArrayList<>();
    private final List<String> environmentNames = new ArrayList<>();
    private final List<String> patterns = new ArrayList<>();
    private final List<String> prefixes = new ArrayList<>();

    UnknownKeys(Values values, Catalogue catalogue, Removed removed) {
        this.values = values;
        this.removed = removed;
        for (KeySpec spec : catalogue.keys()) {
            (spec.isPattern() ? patterns : names).add(spec.key());
        }
        for (String name : names) {
            environmentNames.add(Keys.environmentName(name));
        }
        for (String open : catalogue.openPrefixes()) {
            patterns.add(Keys.join(open, "*"));
        }
        for (Catalogue.Mapping mapping : catalogue.mappings()) {
            prefixes.add(mapping.prefix());
        }
    }

    List<Problem> find() {
        List<Problem> problems = new ArrayList<>();
        for (Layer layer : values.layers()) {
            for (Map.Entry<String, Setting> setting : layer.settings().entrySet()) {
                boolean unknown = layer.kind() == Layer.Kind.ENVIRONMENT
                        ? isUnknownVariable(setting.getKey())
                        : isUnknownKey(setting.getKey(), layer.kind());
                if (unknown) {
                    problems.add(problem(setting.getKey(), setting.getValue()));
                }
            }
        }
        return problems;
    }

    private boolean isUnknownVariable(String name) {
        boolean ours = Keys.isEnvironmentUnder(CHASSIS, name);
        if (!ours && !isUnderPrefix(name, true)) {
            return false;
        }
        boolean known = environmentNames.contains(name) || removed.hasVariable(name) || matches(name, true);
        return !known && (ours || Suggestions.isSlip(name, environmentNames));
    }

    private boolean isUnknownKey(String key, Layer.Kind kind) {
        boolean ours = Keys.isUnder(CHASSIS, key);
        boolean underPrefix = ours || isUnderPrefix(key, false);
        if (kind == Layer.Kind.SYSTEM_PROPERTIES && !underPrefix) {
            return false;
        }
        boolean known = names.contains(key) || values.isReferenced(key) || removed.has(key) || matches(key, false);
        boolean strict = ours || kind == Layer.Kind.COMMAND_LINE || underPrefix && kind == Layer.Kind.FILE;
        return !known && (strict || Suggestions.isSlip(key, names));
    }

    private boolean isUnderPrefix(String name, boolean environment) {
        for (String prefix : prefixes) {
            if (environment ? Keys.isEnvironmentUnder(prefix, name) : Keys.isUnder(prefix, name)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(String name, boolean environment) {
        for (String pattern : patterns) {
            if (Globs.matches(environment ? Keys.environmentName(pattern) : pattern, name)) {
                return true;
            }
        }
        return false;
    }

    private Problem problem(String key, Setting setting) {
        boolean variable = setting.layer().kind() == Layer.Kind.ENVIRONMENT;
        String guess = Suggestions.didYouMean(key, variable ? environmentNames : names);
        // The value stays unsaid: under its right name it may be a secret.
        String origin = variable ? "the environment" : setting.origin();
        return new Problem(setting.name(), "", origin, "a key that is known" + guess);
    }
}
