package dev.chassis.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds settings that nothing reads.
 *
 * <p>How strict it is depends on whose place it is. The command line, files under the prefix of a mapping, and everything under {@code
 * chassis} belong to the service: each unknown key is a problem. The environment and the system properties are shared with the platform
 * and the JVM: under other prefixes, and where {@code CHASSIS} itself is misspelt, only a slip of the pen is. So is a key of a file outside
 * every prefix.
 */
final class UnknownKeys {

    private final Values values;
    private final KnownNames keys;
    private final KnownNames variables;

    UnknownKeys(Values values, Catalogue catalogue, Removed removed) {
        this.values = values;
        this.keys = KnownNames.dotted(catalogue, removed);
        this.variables = KnownNames.ofVariables(catalogue, removed);
    }

    List<Problem> find() {
        List<Problem> problems = new ArrayList<>();
        for (Layer layer : values.layers()) {
            KnownNames known = layer.kind() == Layer.Kind.ENVIRONMENT ? variables : keys;
            layer.settings().forEach((name, setting) -> {
                if (isProblem(name, layer.kind(), known)) {
                    problems.add(problem(setting, layer.kind(), known.didYouMean(name)));
                }
            });
        }
        return problems;
    }

    private boolean isProblem(String name, Layer.Kind kind, KnownNames known) {
        boolean underPrefix = known.isOfChassis(name) || known.isUnderPrefix(name);
        boolean shared = kind == Layer.Kind.ENVIRONMENT || kind == Layer.Kind.SYSTEM_PROPERTIES;
        if (shared && !underPrefix && !known.isNearlyOfChassis(name)
                || known.knows(name)
                || values.isReferenced(name)) {
            return false;
        }
        boolean strict =
                known.isOfChassis(name) || kind == Layer.Kind.COMMAND_LINE || kind == Layer.Kind.FILE && underPrefix;
        return strict || known.isSlip(name);
    }

    /** The value stays unsaid: under its right name it may be a secret. */
    private static Problem problem(Setting setting, Layer.Kind kind, String guess) {
        String origin = kind == Layer.Kind.ENVIRONMENT ? "the environment" : setting.origin();
        return new Problem(setting.name(), "", origin, "a key that is known" + guess);
    }
}
