package dev.chassis.config;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigSourceInterceptorFactory;
import io.smallrye.config.ConfigValue;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.StringJoiner;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the sources and the expansion of expressions: remembers which keys an expression asks for, and names only what a layer
 * sets, because a default must not bring an optional group into being. Used by one thread.
 *
 * <p>Here is also where expressions that name parameters become keys, and where these have their values.
 */
final class Watch implements ConfigSourceInterceptor, ConfigSourceInterceptorFactory {

    private static final long serialVersionUID = 1L;

    private final transient Iterable<ConfigSource> layers;
    private final transient Catalogue catalogue;
    private final transient Parameters parameters;
    private final transient Set<String> fetched = new LinkedHashSet<>();
    private final transient Set<String> asked = new LinkedHashSet<>();
    private final transient Set<String> missing = new LinkedHashSet<>();

    Watch(Iterable<ConfigSource> layers, Parameters parameters, Catalogue catalogue) {
        this.parameters = parameters;
        this.catalogue = catalogue;
        this.layers = layers;
    }

    void reset() {
        asked.clear();
        missing.clear();
        fetched.clear();
    }

    /** The keys that were asked for since the last reset. */
    Set<String> asked() {
        return asked;
    }

    /** Those of them that are not set. */
    Set<String> missing() {
        return missing;
    }

    /** Those of them whose values were read from a store. */
    Set<String> fetched() {
        return fetched;
    }

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = ParameterText.isKey(name) ? parameters.value(name) : named(context.proceed(name));
        asked.add(name);
        if (value != null && parameters.isSource(value.getConfigSourceName())) {
            fetched.add(name);
        }
        if (value == null) {
            missing.add(name);
        }
        return value != null && catalogue.isList(name) ? value.withValue(stripped(value.getValue())) : value;
    }

    private static @Nullable ConfigValue named(@Nullable ConfigValue value) {
        String text = value == null ? null : value.getValue();
        return value == null || text == null ? value : value.withValue(ParameterText.withKeys(text));
    }

    /** Space around the values of a list does not count. */
    private static String stripped(String list) {
        StringJoiner values = new StringJoiner(",");
        for (String value : list.split(",", -1)) {
            values.add(value.strip());
        }
        return values.toString();
    }

    @Override
    public Iterator<String> iterateNames(ConfigSourceInterceptorContext context) {
        Set<String> names = new LinkedHashSet<>();
        for (ConfigSource layer : layers) {
            names.addAll(layer.getPropertyNames());
        }
        return names.iterator();
    }

    @Override
    public ConfigSourceInterceptor getInterceptor(ConfigSourceInterceptorContext context) {
        return this;
    }

    /** The lowest, which is next to the sources. */
    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(0);
    }
}
