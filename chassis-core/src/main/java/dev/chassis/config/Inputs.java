package dev.chassis.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * What the world outside says, as it was at one moment.
 *
 * @param resources where the properties files of the class path are found
 */
record Inputs(
        Map<String, String> environment,
        Map<String, String> systemProperties,
        Map<String, String> overrides,
        ClassLoader resources) {

    Inputs {
        environment = Map.copyOf(environment);
        systemProperties = Map.copyOf(systemProperties);
        overrides = Map.copyOf(overrides);
    }

    /** The environment and the system properties of this process. */
    static Inputs ofProcess(Map<String, String> overrides) {
        Properties properties = System.getProperties();
        Map<String, String> texts = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            texts.put(name, properties.getProperty(name, ""));
        }
        return new Inputs(System.getenv(), texts, overrides, contextResources());
    }

    static ClassLoader contextResources() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? Inputs.class.getClassLoader() : context;
    }
}
