package dev.chassis.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.Secret;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The annotations are SmallRye's, so a mapping must mean the same to its engine and to ours. Ours reads more: durations like {@code 10s},
 * sizes, {@code Secret<Integer>}, and optional groups that are absent although a key of theirs has a default.
 */
class SameAsSmallRyeTest {

    private static final Map<String, String> FILE = Map.ofEntries(
            Map.entry("x.text", "a ${y:default} ${z}"),
            Map.entry("z", "Z"),
            Map.entry("x.number", "7"),
            Map.entry("x.ratio", "0.5"),
            Map.entry("x.enabled", "true"),
            Map.entry("x.timeout", "PT10S"),
            Map.entry("x.iso", "PT1M30S"),
            Map.entry("x.uri", "http://h/a"),
            Map.entry("x.path", "/tmp/a"),
            Map.entry("x.id", "6f1c1b5e-3b0a-4c7e-9d4e-0f6f1f0a0b0c"),
            Map.entry("x.unit", "milliseconds"),
            Map.entry("x.zone", "Europe/Zurich"),
            Map.entry("x.day", "2026-11-23"),
            Map.entry("x.pin", "1234"),
            Map.entry("x.max-http2-streams", "5"),
            Map.entry("x.optional-number", "1"),
            Map.entry("x.list", "a,b\\,c"),
            Map.entry("x.set", "1,2"),
            Map.entry("x.map.a", "1"),
            Map.entry("x.map.\"b.c\"", "2"),
            Map.entry("x.nodes[0].host", "h0"),
            Map.entry("x.nodes[1].host", "h1"),
            Map.entry("x.pools.main.host", "m"),
            Map.entry("x.pools.\"read.only\".host", "r"),
            Map.entry("x.maybe.host", "h"),
            Map.entry("x.renamed-key", "r"),
            Map.entry("x.host", "flat"),
            Map.entry("x.empty", ""),
            Map.entry("x.overridden", "file"));

    private static final Map<String, String> ENVIRONMENT = Map.of("X_OVERRIDDEN", "env", "X_GROUP_MAX_SIZE", "9");

    @ConfigMapping(prefix = "x")
    interface Everything {
        String text();

        int number();

        double ratio();

        boolean enabled();

        Duration timeout();

        Duration iso();

        URI uri();

        Path path();

        UUID id();

        TimeUnit unit();

        ZoneId zone();

        LocalDate day();

        Secret<String> pin();

        int maxHttp2Streams();

        OptionalInt optionalNumber();

        OptionalLong absentNumber();

        Optional<String> absent();

        Optional<String> empty();

        List<String> list();

        Set<Integer> set();

        Optional<List<String>> absentList();

        Map<String, Integer> map();

        Map<String, Integer> emptyMap();

        List<Node> nodes();

        Map<String, Node> pools();

        Optional<Node> maybe();

        Optional<Group> absentGroup();

        Group group();

        String overridden();

        @WithName("renamed-key")
        String renamed();

        @WithParentName
        Node flat();

        @WithDefault("${x.number}0")
        long withDefault();

        @WithDefault("a,b")
        List<String> listWithDefault();
    }

    interface Node {
        String host();

        @WithDefault("80")
        int port();
    }

    interface Group {
        int maxSize();
    }

    @Test
    void aMappingMeansTheSameToBoth() {
        Everything theirs = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(new HashMap<>(FILE), "file", 100))
                .withSources(new EnvConfigSource(ENVIRONMENT, 300))
                .withMapping(Everything.class)
                .build()
                .getConfigMapping(Everything.class);
        Configuration configuration = load();
        Everything ours = configuration.bind(Everything.class);

        assertThat(values(ours)).isEqualTo(values(theirs)).hasSize(40).doesNotContainNull();
        configuration.verify();
    }

    private static Configuration load() {
        List<String> lines = new ArrayList<>();
        FILE.forEach((key, value) -> lines.add(key + "=" + value.replace("\\", "\\\\")));
        Given given = Given.nothing().application(lines.toArray(String[]::new));
        ENVIRONMENT.forEach(given::environment);
        return given.load();
    }

    private static List<Object> values(Everything it) {
        List<Object> values = new ArrayList<>(List.of(
                it.text(),
                it.number(),
                it.ratio(),
                it.enabled(),
                it.timeout(),
                it.iso(),
                it.uri(),
                it.path(),
                it.id(),
                it.unit(),
                it.zone(),
                it.day(),
                it.pin().get(),
                it.maxHttp2Streams(),
                it.optionalNumber(),
                it.absentNumber(),
                it.absent(),
                it.empty(),
                it.list(),
                it.set(),
                it.absentList(),
                it.map(),
                it.emptyMap(),
                it.group().maxSize(),
                it.overridden(),
                it.renamed(),
                it.withDefault(),
                it.listWithDefault(),
                it.absentGroup()));
        it.nodes().forEach(node -> addNode(values, node));
        values.add(it.pools().keySet());
        addNode(values, Objects.requireNonNull(it.pools().get("read.only")));
        addNode(values, it.maybe().orElseThrow());
        addNode(values, it.flat());
        return values;
    }

    private static void addNode(List<Object> values, Node node) {
        values.add(node.host());
        values.add(node.port());
    }
}
