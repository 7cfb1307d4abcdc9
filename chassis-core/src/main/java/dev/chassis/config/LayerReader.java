package dev.chassis.config;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the layers, the highest first, and reports those that cannot be read. Used by one thread. */
final class LayerReader {

    private static final String APPLICATION = "application.properties";

    private final Inputs inputs;
    private final List<Problem> problems = new ArrayList<>();

    LayerReader(Inputs inputs) {
        this.inputs = inputs;
    }

    List<Problem> problems() {
        return problems;
    }

    List<Layer> read() {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer(Layer.Kind.COMMAND_LINE, "command line", inputs.overrides()));
        layers.add(new Layer(Layer.Kind.SYSTEM_PROPERTIES, "system property", inputs.systemProperties()));
        layers.add(new Layer(Layer.Kind.ENVIRONMENT, "environment", inputs.environment()));
        int files = layers.size();
        addIfThere(layers, files, resource(APPLICATION));
        Lookup lookup = new Lookup(layers, Parameters.NONE, new Catalogue(), new Findings());
        Value file = lookup.value(SourceConfig.CONFIG_FILE);
        Value profile = lookup.value(SourceConfig.PROFILE);
        addFailure(profile);
        addFailure(file);
        addIfThere(layers, files, checked(profile.isEmpty() ? null : profile(profile)));
        addIfThere(layers, files, checked(file.isEmpty() ? null : file(file)));
        return layers;
    }

    /** A parameter, whose text is not told; any other expression is looked for as it stands, and not found. */
    private void addFailure(Value value) {
        if (value.failure() != null && value.isEmpty()) {
            problems.add(value.problem(value.failure()));
        }
    }

    private static void addIfThere(List<Layer> layers, int index, @Nullable Layer layer) {
        if (layer != null) {
            layers.add(index, layer);
        }
    }

    /** The layer, having reported keys in it that were needed to find it. */
    private @Nullable Layer checked(@Nullable Layer layer) {
        for (String key : SourceConfig.KEYS) {
            String text = layer == null ? null : layer.texts().get(key);
            if (layer != null && text != null) {
                problems.add(new Problem(key, text, layer.label(), "no such key in a file that is found by it"));
            }
        }
        return layer;
    }

    private @Nullable Layer profile(Value profile) {
        String name = "application-" + profile.text().strip() + ".properties";
        Layer layer = resource(name);
        if (layer == null) {
            problems.add(profile.problem("a profile with a file " + name + " on the class path"));
        }
        return layer;
    }

    private @Nullable Layer file(Value file) {
        String label = "file " + file.text() + " (" + named(file) + ")";
        try (Reader reader = Files.newBufferedReader(Path.of(file.text().strip()))) {
            return layer(label, reader);
        } catch (NoSuchFileException | FileNotFoundException e) {
            problems.add(file.problem("the path of a file that exists"));
        } catch (IOException | IllegalArgumentException e) {
            problems.add(file.problem("the path of a readable properties file in UTF-8"));
        }
        return null;
    }

    /** What named the file: the variable rather than "environment variable". */
    private static String named(Value file) {
        String variable = Keys.environmentName(SourceConfig.CONFIG_FILE);
        return file.origin().endsWith(variable) ? variable : file.origin() + " " + file.key();
    }

    private @Nullable Layer resource(String name) {
        try (InputStream stream = inputs.resources().getResourceAsStream(name)) {
            return stream == null
                    ? null
                    : layer(name, new InputStreamReader(stream, StandardCharsets.UTF_8.newDecoder()));
        } catch (IOException | IllegalArgumentException e) {
            problems.add(new Problem(name, "", "the class path", "a readable properties file in UTF-8"));
            return null;
        }
    }

    private Layer layer(String label, Reader reader) throws IOException {
        PropertiesReader properties = new PropertiesReader();
        Layer layer = new Layer(Layer.Kind.FILE, label, properties.read(reader));
        for (String key : properties.repeated()) {
            problems.add(new Problem(key, "", label, "a key once in a file"));
        }
        return layer;
    }
}
