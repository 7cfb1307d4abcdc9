package dev.chassis.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.admin.AdminConfig;
import dev.chassis.http.HttpConfig;
import dev.chassis.lifecycle.DrainConfig;
import dev.chassis.lifecycle.StartConfig;
import dev.chassis.metrics.MetricsConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the build writes beside a mapping says the same as the mapping, or is not written. */
class KeyTableTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                SourceConfig.class,
                LogConfig.class,
                StartConfig.class,
                DrainConfig.class,
                HttpConfig.class,
                AdminConfig.class,
                MetricsConfig.class
            })
    void saysWhatTheMappingSays(Class<?> mapping) throws Exception {
        KeyTable written = Objects.requireNonNull(KeyTable.of(mapping), "the build wrote no table");
        KeyTable made = Objects.requireNonNull(KeyTable.made(mapping));
        assertThat(written.prefix()).isEqualTo(made.prefix());
        assertThat(written.description()).isEqualTo(made.description());
        assertThat(written.keys())
                .usingRecursiveComparison()
                .ignoringFields("type.converter")
                .isEqualTo(made.keys());
        assertThat(written.keys())
                .extracting(key -> key.type().converter() == null)
                .isEqualTo(made.keys().stream()
                        .map(key -> key.type().converter() == null)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(classes = {SourceConfig.class, LogConfig.class, HttpConfig.class, HttpConfig.Tls.class})
    void theClassThatSmallRyeWouldGenerateIsThere(Class<?> mapping) {
        assertThat(mapping.getResource(
                        mapping.getName().substring(mapping.getPackageName().length() + 1) + "$$CMImpl.class"))
                .isNotNull();
    }

    @Test
    void isNotWrittenWhereKeysDependOnWhatIsSet() {
        assertThat(KeyTable.made(ListOfGroups.class)).isNull();
        assertThat(KeyTable.made(MapOfGroups.class)).isNull();
        assertThat(KeyTable.made(OptionalGroup.class)).isNull();
        assertThat(KeyTable.made(NumberedMap.class)).isNull();
    }

    @Test
    void aMappingWithoutATableIsReadFromItself() {
        assertThat(KeyTable.of(ListOfGroups.class)).isNull();
        assertThat(KeyTable.prefix(ListOfGroups.class)).isEqualTo("groups");
    }

    @ConfigMapping(prefix = "groups")
    interface ListOfGroups {
        List<Group> groups();
    }

    @ConfigMapping(prefix = "groups")
    interface MapOfGroups {
        Map<String, Group> groups();
    }

    @ConfigMapping(prefix = "groups")
    interface NumberedMap {
        Map<Integer, String> names();
    }

    @ConfigMapping(prefix = "groups")
    interface OptionalGroup {
        Optional<Group> group();
    }

    interface Group {
        @WithDefault("1")
        int size();
    }
}
