package dev.chassis.config;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The world outside, as a test wants it. */
final class Given {

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> systemProperties = new HashMap<>();
    private final Map<String, String> overrides = new HashMap<>();
    private final Map<String, byte[]> resources = new HashMap<>();
    private final Map<String, String> removed = new HashMap<>();

    static Given nothing() {
        return new Given();
    }

    Given environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Given systemProperty(String name, String value) {
        systemProperties.put(name, value);
        return this;
    }

    Given override(String key, String value) {
        overrides.put(key, value);
        return this;
    }

    Given application(String... lines) {
        return resource("application.properties", lines);
    }

    Given resource(String name, String... lines) {
        return resource(name, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    Given resource(String name, byte[] bytes) {
        resources.put(name, bytes);
        return this;
    }

    Given removed(String key, String advice) {
        removed.put(key, advice);
        return this;
    }

    Configuration load() {
        return Configuration.load(
                new Inputs(environment, systemProperties, overrides, new Resources(resources)), new Removed(removed));
    }

    private static final class Resources extends ClassLoader {

        private final Map<String, byte[]> files;

        Resources(Map<String, byte[]> files) {
            super(null);
            this.files = files;
        }

        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
            byte[] bytes = files.get(name);
            return bytes == null ? null : new ByteArrayInputStream(bytes);
        }
    }
}
