package dev.chassis.config;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.DefaultValuesConfigSource;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.Expressions;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * SmallRye's view of the layers, with the keys that are declared now. A new one is made for each use, because a variable can only be
 * found by names that SmallRye knew from the beginning. Used by one thread.
 */
final class Lookup {

    private static final String EXPRESSION = "an expression whose keys are set, or have a default as in ${key:default}";

    private final SmallRyeConfig config;
    private final Parameters parameters;
    private final Catalogue catalogue;
    private final Findings findings;
    private final Watch watch;
    private final int known;

    /** A view of these layers, the highest first. */
    Lookup(List<Layer> layers, Parameters parameters, Catalogue catalogue, Findings findings) {
        this.parameters = parameters;
        this.catalogue = catalogue;
        this.findings = findings;
        this.known = catalogue.size();
        List<ConfigSource> sources = new ArrayList<>();
        Map<String, String> variables = catalogue.variables();
        for (Layer layer : layers) {
            sources.add(layer.source(layers.size() - sources.size(), variables));
        }
        this.watch = new Watch(sources, parameters, catalogue);
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withSources(sources)
                .withSources(new Declared(catalogue.names()))
                .withDefaultValues(catalogue.defaults())
                .withInterceptorFactories(watch, new Expansion())
                .withValidateUnknown(false);
        Texts.register(builder);
        this.config = builder.build();
    }

    /** Whether it was made with all the keys that are known by now. */
    boolean knows(Catalogue now) {
        return known == now.size();
    }

    SmallRyeConfig config() {
        return config;
    }

    /**
     * The object behind a mapping interface.
     *
     * @throws IllegalStateException if SmallRye refuses a value after all
     */
    <T> T mapping(Class<T> type, String prefix) {
        try {
            ConfigMappings.registerConfigMappings(config, Set.of(new ConfigClass(type, prefix)));
        } catch (ConfigValidationException e) { // It may quote a secret.
            throw new IllegalStateException(type.getName() + " (expected: values that SmallRye accepts, as we did)");
        }
        return config.getConfigMapping(type, prefix);
    }

    /** What a key is worth. An empty value hides those below, and counts as not set. */
    Value value(String key) {
        watch.reset();
        try {
            ConfigValue value = config.getConfigValue(key);
            watch.asked().remove(key);
            if (!watch.asked().isEmpty()) {
                findings.addReferences(watch.asked());
            }
            return value.hasProblems() ? missing(key, List.copyOf(watch.missing())) : value(key, value, null);
        } catch (RuntimeException e) { // It may quote a secret.
            return failed(key, "an expression that does not lead back to itself, and without ::");
        }
    }

    /** Parameters that are missing are told without the text around them, which may have secrets in it. */
    private Value missing(String key, List<String> names) {
        List<String> failures = names.stream()
                .filter(ParameterText::isKey)
                .map(parameters::failure)
                .toList();
        if (failures.isEmpty()) {
            return failed(key, EXPRESSION + "; not set: " + String.join(", ", names));
        }
        return failed(key, String.join("; ", failures)).withoutText();
    }

    private Value failed(String key, String expected) {
        return value(key, raw(key), expected);
    }

    private ConfigValue raw(String key) {
        return Expressions.withoutExpansion(() -> config.getConfigValue(key));
    }

    private Value value(String key, ConfigValue value, @Nullable String failure) {
        String text = value.getValue();
        String source = value.getConfigSourceName();
        boolean isDefault = source == null || source.equals(DefaultValuesConfigSource.NAME);
        String origin = origin(key, source) + parameterOrigins(key);
        return new Value(key, text == null ? "" : text, origin, isDefault, isSecret(key), failure);
    }

    /** The parameters that its expressions asked for. */
    private String parameterOrigins(String key) {
        StringBuilder origins = new StringBuilder();
        for (String asked : watch.fetched()) {
            if (!asked.equals(key)) {
                origins.append(", ")
                        .append(ParameterText.isKey(asked) ? ParameterText.written(asked) : parameters.origin(asked));
            }
        }
        return origins.toString();
    }

    private String origin(String key, @Nullable String source) {
        if (source == null) {
            return "";
        }
        if (source.equals(DefaultValuesConfigSource.NAME)) {
            return Value.DEFAULT;
        }
        if (parameters.path().isLayer(source)) {
            return parameters.origin(key);
        }
        return source.equals(EnvConfigSource.NAME) ? "environment variable " + Keys.environmentName(key) : source;
    }

    /** Whether a key, or one that its expression asked for, is a secret; whatever was read from a store is one. */
    private boolean isSecret(String key) {
        boolean secret = catalogue.isSecret(key) || !watch.fetched().isEmpty();
        for (String asked : watch.asked()) {
            secret |= catalogue.isSecret(asked);
        }
        return secret;
    }
}
