package dev.chassis.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
 *   <li>the parameters below {@code chassis.parameters.path}
 *   <li>environment variables: {@code orders.max-size} is {@code ORDERS_MAX_SIZE}
 *   <li>system properties
 *   <li>overrides: what the command line or a test says
 * </ol>
 *
 * <p>Values may contain {@code ${other.key}} and {@code ${other.key:default}}, except in the environment, where every character stands for
 * itself. They may name parameters and secrets of AWS, as in <code>${ssm:/games/db}</code>, <code>${secret:games#password}</code>; a variable
 * may be one such name and nothing else. What is read there is a secret, whatever its key, and every character of it stands for itself. An
 * empty value counts as not set, and hides the layers below.
 *
 * <p>The interfaces are those of SmallRye Config, which makes the objects behind them: abstract methods without parameters, named by {@code
 * @ConfigMapping}'s strategy or {@code @WithName}, with {@code @WithDefault} and {@code @WithParentName}. A method returns a value (text,
 * number, boolean, enum, {@link java.time.Duration}, {@link java.net.URI}, {@link java.nio.file.Path}, whatever SmallRye has a converter
 * for or has {@code of(String)}, {@code valueOf(String)}, {@code parse(CharSequence)} or a constructor with a string), a {@code Secret}, an
 * {@code Optional}, {@code List} or {@code Set} of those, a {@code Map}, or another interface. Default methods are called, not configured.
 * Text is read more strictly than SmallRye does: a duration needs its unit, a boolean is true or false; and a number whose key ends in
 * {@code bytes} may have a unit.
 *
 * <p>Thread-safe. What was loaded never changes; what becomes known about it (bound interfaces, problems) only grows.
 */
public final class Configuration {

    private final List<Layer> layers;
    private final Parameters parameters;
    private final Catalogue catalogue;
    private final Removed removed;
    private final Findings findings;
    private final AtomicReference<@Nullable Lookup> spare = new AtomicReference<>(); // in nobody's hands

    private Configuration(
            List<Layer> layers, Parameters parameters, Removed removed, Catalogue catalogue, Findings findings) {
        this.layers = List.copyOf(layers);
        this.parameters = parameters;
        this.removed = removed;
        this.catalogue = catalogue;
        this.findings = findings;
    }

    /**
     * Reads every layer, with the environment and system properties of this process, and the parameters that values name: the only thing
     * that waits for others, no longer than {@code chassis.parameters.timeout}. Never fails for what it finds: {@link #verify} does.
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
        LayerReader reader = new LayerReader(inputs);
        List<Layer> layers = reader.read();
        ParameterReading reading = new ParameterReading(layers, inputs.resources());
        Configuration plain = new Configuration(layers, Parameters.NONE, removed, new Catalogue(), new Findings());
        Configuration configuration = reading.isWanted() ? plain.with(reading) : plain;
        configuration.findings.addProblems(reader.problems());
        configuration.declare(ParametersConfig.class);
        configuration.bind(SourceConfig.class);
        return configuration;
    }

    /** This one with its parameters; where their own keys are wrong none is read. */
    private Configuration with(ParameterReading reading) {
        ParametersConfig config = bind(ParametersConfig.class);
        Parameters read = findings.problems().isEmpty() ? reading.read(config) : reading.notRead();
        Configuration configuration = new Configuration(reading.layers(), read, removed, catalogue, findings);
        reading.problems().forEach(expected -> configuration.problem(expected.key(), expected.what()));
        return configuration;
    }

    /**
     * Binds an interface under the prefix of its {@code @ConfigMapping}.
     *
     * @throws IllegalArgumentException if it has no such annotation, or has methods that cannot be read
     */
    public <T> T bind(Class<T> mapping) {
        return bind(KeyTable.prefix(mapping), mapping);
    }

    /**
     * Binds an interface under a prefix. Never fails for values: problems are remembered for {@link #verify}, and if there are any,
     * every method of what is returned throws a {@link ConfigException} with all the problems so far.
     *
     * @throws IllegalArgumentException if it is no interface, or has methods that cannot be read
     */
    public <T> T bind(String prefix, Class<T> mapping) {
        catalogue.declare(prefix, mapping);
        return looking(lookup -> {
            Reading reading = new Reading(lookup);
            reading.read(mapping, prefix);
            findings.addProblems(reading.problems());
            findings.addEntries(reading.entries());
            return reading.problems().isEmpty() ? lookup.mapping(mapping, prefix) : Broken.mapping(mapping, findings);
        });
    }

    /** Makes the keys of an interface known, for {@link #verify}, for {@link #reference} and for expressions, without reading them. */
    public void declare(Class<?> mapping) {
        declare(KeyTable.prefix(mapping), mapping);
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
        if (!catalogue.isDeclared(prefix)) {
            catalogue.open(prefix);
        }
        Settings settings = looking(lookup -> new Settings(prefix, lookup));
        findings.addProblems(settings.problems());
        findings.addEntries(settings.entries());
        return Collections.unmodifiableMap(settings.texts());
    }

    /**
     * Remembers that a value breaks a rule that somebody else has checked: one between two keys, for instance.
     *
     * @param key the key; its value and origin are added
     * @param expected what is allowed: {@code more than chassis.http.load-balancer-idle-timeout}
     */
    public void problem(String key, String expected) {
        findings.addProblems(List.of(looking(lookup -> lookup.value(key)).problem(expected)));
    }

    /**
     * Says which names the keys of a map of values have: every other one is a problem of {@link #verify}. Who binds the map after this finds
     * the names in the environment, too, however many of their characters no variable can have.
     *
     * @param map the key of the map, which is declared and not bound: {@code chassis.http.access-log.routes}
     */
    public void names(String map, Collection<String> names) {
        if (layers.stream().anyMatch(layer -> layer.hasUnder(map))) { // else nothing has to be read with other eyes
            catalogue.close(map, names);
        }
    }

    /**
     * Ends the assembly: every problem of every mapping, those remembered, and keys that nothing reads.
     *
     * @throws ConfigException if there is any
     */
    public void verify() {
        List<Problem> problems = findings.problems();
        problems.addAll(new UnknownKeys(layers, findings, catalogue, removed).find());
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    /**
     * What a person should know but what stops nothing: one line for each key that is set and was removed, and one if parameters are those
     * that were known last.
     */
    public List<String> warnings() {
        return Stream.concat(looking(removed::warnings).stream(), parameters.warnings().stream())
                .toList();
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

    /** The same of one prefix, whatever else is known: for the page of a part that documents its own keys. Empty if there is none. */
    public String reference(String prefix) {
        return ReferenceTable.of(catalogue.mappings().stream()
                .filter(mapping -> mapping.prefix().equals(prefix))
                .toList());
    }

    /** With the look-up that was used last, if nobody else has it and no key has become known since; whoever declares all before binding makes one. */
    private <T> T looking(Function<Lookup, T> use) {
        Lookup last = spare.getAndSet(null);
        Lookup lookup =
                last != null && last.knows(catalogue) ? last : new Lookup(layers, parameters, catalogue, findings);
        T found = use.apply(lookup);
        spare.set(lookup);
        return found;
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
