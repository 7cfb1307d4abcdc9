package dev.chassis.config;

import dev.chassis.config.ParameterStore.Answers;
import dev.chassis.config.ParameterStore.Kind;
import dev.chassis.config.ParameterStore.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds what values name, has all of it read at once, and makes the layer of what is below a path. What a higher layer hides is not read.
 * Used by one thread.
 */
final class ParameterReading {

    private static final String FORM =
            "${ssm:/name}, ${secret:name} or ${secret:name#member} (names have no expressions in them)";
    private static final String NO_STORE = " to be read by chassis-aws: add the dependency dev.chassis:chassis-aws";
    private static final String NOT_READ = " to be read, which waits for keys of chassis.parameters that are right";
    private static final String OUR_VARIABLES = Keys.environmentName(ParametersConfig.PREFIX + ".");
    private static final int BELOW_THE_ENVIRONMENT = 3;

    private final List<Layer> layers;
    private final ClassLoader loader;
    private final Map<String, Optional<Reference>> written = new LinkedHashMap<>();
    private final List<Expected> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private boolean wanted;

    /** What was expected of one of our keys instead. */
    record Expected(String key, String what) {}

    ParameterReading(List<Layer> layers, ClassLoader loader) {
        this.layers = new ArrayList<>(layers);
        this.loader = loader;
        for (int i = 0; i < layers.size(); i++) {
            scan(layers.get(i), layers.subList(0, i));
        }
    }

    private void scan(Layer layer, List<Layer> above) {
        layer.texts().forEach((name, text) -> {
            boolean ours = isOurs(name);
            wanted |= ours;
            List<String> parameters = layer.kind().parameters(text);
            if (!parameters.isEmpty()
                    && !ours
                    && above.stream().noneMatch(higher -> higher.hides(layer.kind(), name))) {
                parameters.forEach(found -> written.put(found, ParameterText.reference(found)));
            }
        });
    }

    /** Whether it says how parameters are read, or is needed before that. */
    private static boolean isOurs(String name) {
        return Keys.isUnder(ParametersConfig.PREFIX, name) || name.startsWith(OUR_VARIABLES);
    }

    /** Whether anything is to be read, or said about it. */
    boolean isWanted() {
        return wanted || !written.isEmpty();
    }

    /** The layers, with that of the parameters once it is read. */
    List<Layer> layers() {
        return layers;
    }

    /** What was expected of our keys instead. */
    List<Expected> problems() {
        return problems;
    }

    /** Reads all of it. */
    Parameters read(ParametersConfig config) {
        if (!config.enabled()) {
            return parameters(reference -> Optional.of(""), Map.of(), Parameters.NONE.path());
        }
        Set<Reference> references = references();
        Optional<Reference> path = path(config);
        path.ifPresent(references::add);
        Answers answers = references.isEmpty() ? nothing(references, "") : answers(config, references);
        Parameters.Path layer = path.map(reference -> layer(reference, answers)).orElse(Parameters.NONE.path());
        return parameters(reference -> Optional.ofNullable(answers.values().get(reference)), answers.failures(), layer);
    }

    /** None of them. */
    Parameters notRead() {
        return parameters(
                reference -> Optional.empty(), nothing(references(), NOT_READ).failures(), Parameters.NONE.path());
    }

    /** What the values name. */
    private Set<Reference> references() {
        Set<Reference> references = new LinkedHashSet<>();
        written.values().forEach(reference -> reference.ifPresent(references::add));
        return references;
    }

    private Answers answers(ParametersConfig config, Set<Reference> references) {
        return ServiceLoader.load(ParameterStore.class, loader)
                .findFirst()
                .map(store -> answers(new StoreReading(store, config), references))
                .orElseGet(() -> nothing(references, NO_STORE));
    }

    private Answers answers(StoreReading reading, Set<Reference> references) {
        Answers answers = reading.answers(references);
        reading.refusal().ifPresent(what -> problems.add(new Expected(ParametersConfig.CACHE_FILE, what)));
        warnings.addAll(reading.warnings());
        return answers;
    }

    private static Answers nothing(Set<Reference> references, String expected) {
        Map<Reference, String> failures = new HashMap<>();
        references.forEach(reference -> failures.put(reference, reference + expected));
        return new Answers(Map.of(), Map.of(), failures);
    }

    private Parameters parameters(
            Function<Reference, Optional<String>> value, Map<Reference, String> reasons, Parameters.Path layer) {
        Map<String, String> values = new HashMap<>();
        Map<String, String> failures = new HashMap<>();
        written.forEach((text, reference) -> reference
                .flatMap(value)
                .ifPresentOrElse(
                        found -> values.put(text, found),
                        () -> failures.put(text, reference.map(reasons::get).orElse(FORM))));
        return new Parameters(values, failures, layer, List.copyOf(warnings));
    }

    private Optional<Reference> path(ParametersConfig config) {
        Optional<String> path = config.path().map(String::strip);
        if (path.isPresent() && !path.get().startsWith("/")) {
            wrongPath("a path of Parameter Store that begins with /: /games/prod/");
            return Optional.empty();
        }
        return path.map(name -> new Reference(Kind.PATH, name.endsWith("/") ? name : name + "/", ""));
    }

    private void wrongPath(String expected) {
        problems.add(new Expected(ParametersConfig.PATH, expected));
    }

    /** Makes the layer, having reported names that are no keys or the same one. */
    private Parameters.Path layer(Reference path, Answers answers) {
        String failure = answers.failures().get(path);
        if (failure != null) {
            wrongPath(failure);
        }
        Map<String, String> texts = new HashMap<>();
        Map<String, String> origins = new HashMap<>();
        new TreeMap<>(answers.below()).forEach((name, text) -> {
            String key = Keys.unquoted(name.substring(path.name().length()).replace('/', '.'));
            String other = origins.put(key, "ssm:" + name);
            if (other != null) {
                wrongPath("no two parameters for key " + key + ": " + other + " and ssm:" + name);
            } else if (isOurs(key) || SourceConfig.KEYS.contains(key)) {
                wrongPath("no parameter ssm:" + name + ": such a key is needed before parameters are read");
            }
            texts.put(key, text);
        });
        layers.add(BELOW_THE_ENVIRONMENT, new Layer(Layer.Kind.PARAMETERS, path.toString(), texts));
        return new Parameters.Path(path.toString(), origins);
    }
}
