package dev.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.config.ConfigException;
import dev.chassis.config.Configuration;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The vectors of the Terraform module, given to the service: what the module renders, the service accepts; what the service can know to be
 * wrong, it refuses, with the key and both numbers. {@code terraform test} runs the same file.
 */
class PlatformContractTest {

    private static final Path VECTORS = Path.of("..", "terraform-module", "contract", "vectors.json");

    record Vector(
            String name,
            Map<String, String> environment,
            Map<String, String> changed,
            List<String> broken,
            List<List<String>> service_says) {

        Map<String, String> given() {
            Map<String, String> all = new HashMap<>(environment);
            all.putAll(changed);
            return all;
        }
    }

    @TestFactory
    Stream<DynamicTest> theServiceSaysWhatTheVectorExpects() {
        return vectors().stream()
                .map(vector -> DynamicTest.dynamicTest(
                        vector.name(),
                        () -> assertThat(problems(vector.given()))
                                .satisfiesExactly(vector.service_says().stream()
                                        .map(PlatformContractTest::names)
                                        .toArray(PlatformContractTest::consumers))));
    }

    @Test
    void thereAreVectorsOfEveryKind() {
        assertThat(vectors()).hasSizeGreaterThan(20);
        assertThat(vectors())
                .anyMatch(
                        vector -> vector.broken().isEmpty() && vector.changed().isEmpty());
        assertThat(vectors()).anyMatch(vector -> !vector.broken().isEmpty());
        assertThat(vectors()).anyMatch(vector -> !vector.changed().isEmpty());
    }

    @Test
    void whatIsNotSetIsNotCompared() {
        assertThat(problems(Map.of("CHASSIS_DRAIN_BUDGET", "10m", "CHASSIS_HTTP_REQUEST_TIMEOUT", "0s")))
                .isEmpty();
    }

    private static org.assertj.core.api.ThrowingConsumer<String> names(List<String> parts) {
        return line -> assertThat(line).contains(parts);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static org.assertj.core.api.ThrowingConsumer<String>[] consumers(int size) {
        return new org.assertj.core.api.ThrowingConsumer[size];
    }

    private static List<String> problems(Map<String, String> environment) {
        Configuration configuration = Configuration.load(environment, Map.of(), Map.of());
        CoreConfig.bind(configuration).checkRelations(configuration);
        try {
            configuration.verify();
            return List.of();
        } catch (ConfigException e) {
            return e.problems().stream().map(Object::toString).toList();
        }
    }

    private static List<Vector> vectors() {
        return List.of(new JsonMapper().readValue(VECTORS.toFile(), Vector[].class));
    }
}
