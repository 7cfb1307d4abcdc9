package dev.chassis.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Finds settings that nothing reads.
 *
 * <p>How strict it is depends on whose place it is. The command line, files and parameters under the prefix of a mapping, and everything under {@code
 * chassis} belong to the service: each unknown key is a problem. The environment and the system properties are shared with the platform
 * and the JVM: under other prefixes, and where {@code CHASSIS} itself is misspelt, only a slip of the pen is. So is a key of a file or a
 * parameter outside every prefix.
 */
final class UnknownKeys {

    private final List<Layer> layers;
    private final Findings findings;
    private final KnownNames keys;
    private final KnownNames variables;

    UnknownKeys(List<Layer> layers, Findings findings, Catalogue catalogue, Removed removed) {
        this.layers = layers;
        this.findings = findings;
        this.keys = KnownNames.dotted(catalogue, removed);
        this.variables = KnownNames.ofVariables(catalogue, removed);
    }

    List<Problem> find() {
        List<Problem> problems = new ArrayList<>();
        for (Layer layer : layers) {
            KnownNames known = layer.kind() == Layer.Kind.ENVIRONMENT ? variables : keys;
            for (String name : layer.names()) {
                if (isProblem(name, layer.kind(), known)) {
                    problems.add(problem(name, layer, known));
                }
            }
        }
        return problems;
    }

    private boolean isProblem(String name, Layer.Kind kind, KnownNames known) {
        boolean underPrefix = known.isOfChassis(name) || known.isUnderPrefix(name);
        boolean shared = kind == Layer.Kind.ENVIRONMENT || kind == Layer.Kind.SYSTEM_PROPERTIES;
        if (shared && !underPrefix && !known.isNearlyOfChassis(name)
                || known.knows(name)
                || findings.isReferenced(name)) {
            return false;
        }
        boolean strict = known.isOfChassis(name) || kind == Layer.Kind.COMMAND_LINE || !shared && underPrefix;
        return strict || known.isSlip(name);
    }

    /** The value stays unsaid where it may be a secret under its right name; of a map it is known what it has. */
    private static Problem problem(String name, Layer layer, KnownNames known) {
        Collection<String> siblings = known.siblings(name);
        if (siblings == null) {
            return new Problem(name, "", layer.place(), "a key that is known" + known.didYouMean(name));
        }
        String names = siblings.isEmpty() ? "none" : String.join(", ", siblings);
        return new Problem(
                name, layer.shown(name), layer.place(), "one of these names: " + names + known.didYouMean(name));
    }
}
