package dev.chassis.config;

import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The configuration of one service: layers of text, read into typed interfaces.
 *
 * <pre>{@code
 * Configuration configuration = Configuration.load(Map.of("orders.port", "8081"));
 * OrdersConfig orders = configuration.bind(OrdersConfig.class);
 * configuration.verify();                       // every problem of every mapping at once
 * }</pre>
 *
 * <p>The layers, each over those before it:
 *
 * <ol>
 *   <li>the defaults of the interfaces
 *   <li>{@code application.properties} on the class path
 *   <li>{@code application-<profile>.properties} on the class path, where {@code chassis.profile} names a profile
 *   <li>the properties file that {@code chassis.config-file} (usually {@code CHASSIS_CONFIG_FILE}) names
 *   <li>environment variables: {@code orders.max-size} is {@code ORDERS_MAX_SIZE}
 *   <li>system properties
 *   <li>overrides: what the command line or a test says
 * </ol>
 *
 * <p>Values may contain {@code ${other.key}} and {@code ${other.key:default}}, except in the environment, where every character stands for
 * itself. An empty value counts as not set, and hides the layers below.
 *
 * <p>The interfaces are those of SmallRye Config, which reads them the same way: abstract methods without parameters, named by {@code
 * @ConfigMapping}'s strategy or {@code @WithName}, with {@code @WithDefault} and {@code @WithParentName}. A method returns a value (text,
 * number, boolean, enum, {@link java.time.Duration}, {@link java.net.URI}, {@link java.nio.file.Path}, whatever has {@code of(String)},
 * {@code valueOf(String)}, {@code parse(CharSequence)} or a constructor with a string), a {@code Secret}, {@code Optional}, {@code List},
 * {@code Set} or {@code Map} of those, or another interface. Default methods are called, not configured. The engine is the chassis' own,
 * because SmallRye's takes a fifth of a second of a cold start.
 *
 * <p>Thread-safe. What was loaded never changes; what becomes known about it (bound interfaces, problems) only grows.
 */
public final class Configuration {

    private final Values values;
    private final Catalogue catalogue;
    private final Removed removed;
    private final Findings findings = new Findings();

    private Configuration(Values values, Catalogue catalogue, Removed removed) {
        this.values = values;
        this.catalogue = catalogue;
        this.removed = removed;
    }

    /**
     * Reads every layer, with the environment and system properties of this process. Never fails for what it finds: {@link #verify} does.
     *
     * @param overrides the highest layer, by key
     */
    public static Configuration load(Map<String, String> overrides) {
        return load(Inputs.ofProcess(overrides), Removed.KEYS);
    }

    /** The same with an environment and system properties of your own, so that a test does not depend on the machine's. */
    public static Configuration load(
            Map<String, String> environment, Map<String, String> systemProperties, Map<String, String> overrides) {
        return load(new Inputs(environment, systemProperties, overrides, Inputs.contextResources()), Removed.KEYS);
    }

    static Configuration load(Inputs inputs, Removed removed) {
        LayerReader layers = new LayerReader(inputs);
        Catalogue catalogue = new Catalogue();
        Configuration configuration = new Configuration(new Values(layers.read(), catalogue), catalogue, removed);
        configuration.findings.addProblems(layers.problems());
        configuration.bind(SourceConfig.class);
        return configuration;
    }

    /**
     * Binds an interface under the prefix of its {@code @ConfigMapping}.
     *
     * @throws IllegalArgumentException if it has no such annotation, or has methods that cannot be read
     */
    public <T> T bind(Class<T> mapping) {
        return bind(prefix(mapping), mapping);
    }

    /**
     * Binds an interface under a prefix. Never fails for values: problems are remembered for {@link #verify}, and a method whose value is
     * missing or wrong throws a {@link ConfigException} with all the problems so far.
     *
     * @throws IllegalArgumentException if it is no interface, or has methods that cannot be read
     */
    public <T> T bind(String prefix, Class<T> mapping) {
        Group group = catalogue.declare(prefix, mapping);
        Reading reading = new Reading(values, findings);
        Object bound = group.read(reading, Slot.root(prefix));
        findings.addProblems(reading.problems());
        findings.addEntries(reading.entries());
        return mapping.cast(bound);
    }

    /** Makes the keys of an interface known, for {@link #verify}, for {@link #reference} and for expressions, without reading them. */
    public void declare(Class<?> mapping) {
        declare(prefix(mapping), mapping);
    }

    /** The same under a prefix of your own. */
    public void declare(String prefix, Class<?> mapping) {
        catalogue.declare(prefix, mapping);
    }

    /**
     * What is set under a prefix, as plain text in order of its keys, which are without the prefix and without quotes; defaults are not
     * among it. If no interface was declared there before, every key under the prefix counts as known from now on.
     *
     * <p>An environment variable whose key no interface and no other layer spells is in lower case with dots.
     */
    public Map<String, String> settings(String prefix) {
        Settings settings = Settings.read(prefix, catalogue, values);
        findings.addProblems(settings.problems());
        findings.addEntries(settings.entries());
        return Collections.unmodifiableMap(new TreeMap<>(settings.texts()));
    }

    /**
     * Remembers that a value breaks a rule that somebody else has checked: one between two keys, for instance.
     *
     * @param key the key; its value and origin are added
     * @param expected what is allowed: {@code more than chassis.http.load-balancer-idle-timeout}
     */
    public void problem(String key, String expected) {
        KeySpec spec = catalogue.find(key);
        Value value = values.value(key, spec == null ? null : spec.fallback(), false);
        findings.addProblems(List.of(value.problem(expected)));
    }

    /**
     * Ends the assembly: every problem of every mapping, those remembered, and keys that nothing reads.
     *
     * @throws ConfigException if there is any
     */
    public void verify() {
        List<Problem> problems = findings.problems();
        problems.addAll(new UnknownKeys(values, catalogue, removed).find());
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    /** What a person should know but what stops nothing: one line for each key that is set and was removed. */
    public List<String> warnings() {
        return List.copyOf(removed.warnings(values));
    }

    /** What everything read so far is worth and where it came from, in order of the keys; secrets are masked. */
    public List<Entry> entries() {
        return findings.entries();
    }

    /**
     * Writes {@link #entries}, a line each: {@code orders.port = 8081  # environment variable ORDERS_PORT}.
     *
     * @throws UncheckedIOException if the target throws
     */
    public void print(Appendable target) {
        try {
            for (Entry entry : entries()) {
                target.append(entry.toString()).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The keys of every interface bound or declared so far, as Markdown tables. */
    public String reference() {
        return ReferenceTable.of(catalogue.mappings());
    }

    private static String prefix(Class<?> mapping) {
        ConfigMapping annotation = mapping.getAnnotation(ConfigMapping.class);
        if (annotation == null) {
            throw new IllegalArgumentException(mapping.getName() + " has no prefix (expected: @ConfigMapping)");
        }
        return annotation.prefix();
    }

    /**
     * A key and what it is worth. Immutable.
     *
     * @param value the value, {@code *****} where it is secret; empty if it is not set
     * @param origin where it came from: {@code default}, {@code application.properties}, {@code environment variable ORDERS_PORT}; empty
     *     if it is not set
     * @param isDefault whether no layer sets it
     */
    public record Entry(String key, String value, String origin, boolean isDefault) {

        /** The entry as one line. */
        @Override
        public String toString() {
            return key + " = " + value + (value.isEmpty() ? " # " : "  # ") + (origin.isEmpty() ? "not set" : origin);
        }
    }
}
