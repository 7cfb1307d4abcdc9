package dev.chassis.config;

import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * The declared keys, as a source without values: SmallRye compares the names of other sources with environment variables to find where
 * the dashes of a key are.
 */
record Declared(Set<String> names) implements ConfigSource {

    @Override
    public Set<String> getPropertyNames() {
        return names;
    }

    @Override
    public @Nullable String getValue(String name) {
        return null;
    }

    @Override
    public String getName() {
        return "declared";
    }

    @Override
    public int getOrdinal() {
        return 0;
    }
}
