package dev.chassis.config;

import io.smallrye.config.ConfigValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that were read, and why others were not. Immutable.
 *
 * @param values by what is written between the braces
 * @param failures likewise, what is expected of one that could not be read
 * @param path the label of the layer that they are, and its origins by key
 * @param warnings what a person should know of how they were read
 */
record Parameters(Map<String, String> values, Map<String, String> failures, Path path, List<String> warnings) {

    static final String TOO_EARLY =
            "no expression of a parameter: they stand in files, variables, system properties and arguments, and not in keys that say"
                    + " where configuration comes from";

    static final Parameters NONE = new Parameters(Map.of(), Map.of(), new Path("", Map.of()), List.of());

    private static final String SOURCE = "parameters";

    /** The layer of parameters below a path. */
    record Path(String label, Map<String, String> origins) {

        boolean isLayer(@Nullable String source) {
            return !label.isEmpty() && label.equals(source);
        }
    }

    /** What one is worth by its key; null if it could not be read. */
    @Nullable
    ConfigValue value(String key) {
        String value = values.get(ParameterText.written(key));
        return value == null
                ? null
                : ConfigValue.builder()
                        .withName(key)
                        .withValue(value.replace("$", "\\$")) // not to be expanded again
                        .withConfigSourceName(SOURCE)
                        .build();
    }

    /** What was expected. */
    String failure(String key) {
        return failures.getOrDefault(ParameterText.written(key), TOO_EARLY);
    }

    /** Where a key of the layer comes from. */
    String origin(String key) {
        return path.origins().getOrDefault(key, path.label());
    }

    /** Whether a value comes from here. */
    boolean isSource(@Nullable String source) {
        return SOURCE.equals(source) || path.isLayer(source);
    }
}
