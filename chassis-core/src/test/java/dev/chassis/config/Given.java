package dev.chassis.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The world outside, as a test wants it. */
final class Given {

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> systemProperties = new HashMap<>();
    private final Map<String, String> overrides = new HashMap<>();
    private final Map<String, byte[]> resources = new HashMap<>();
    private final Map<String, String> parameters = new HashMap<>();
    private final Set<String> away = new HashSet<>();
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

    /** A parameter, below the path {@code /below/} or not; without any there is no store. */
    Given parameter(String reference, String value) {
        parameters.put(reference, value);
        return this;
    }

    /** A parameter that cannot be read now. */
    Given away(String... references) {
        away.addAll(Set.of(references));
        return this;
    }

    Given removed(String key, String advice) {
        removed.put(key, advice);
        return this;
    }

    Configuration load() {
        return Configuration.load(
                new Inputs(environment, systemProperties, overrides, new Resources(resources, parameters, away)),
                new Removed(removed));
    }

    /** Finds the files, and the store of parameters. */
    static final class Resources extends ClassLoader {

        private final Map<String, byte[]> files;
        private final Map<String, String> parameters;
        private final Set<String> away;

        Resources(Map<String, byte[]> files, Map<String, String> parameters, Set<String> away) {
            super(null);
            this.files = files;
            this.parameters = parameters;
            this.away = away;
        }

        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
            byte[] bytes = files.get(name);
            return bytes == null ? null : new ByteArrayInputStream(bytes);
        }

        @Override
        protected Enumeration<URL> findResources(String name) throws IOException {
            return parameters.isEmpty()
                    ? Collections.emptyEnumeration()
                    : Given.class.getClassLoader().getResources(name + ".of-tests");
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            GivenStore.open(parameters);
            GivenStore.away(away);
            return Given.class.getClassLoader().loadClass(name);
        }
    }
}
