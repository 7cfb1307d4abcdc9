package dev.chassis.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.config.Configuration;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeterSelectionTest {

    @Test
    void fewMetersPassAndTimersLoseTheirTags() {
        MeterRegistry registry = new SimpleMeterRegistry();
        registry.config()
                .meterFilter(new MeterSelection(
                        List.of("http.server.requests", "pool."), List.of("outcome"), "orders", "prod"));
        registry.timer("http.server.requests", "route", "/a", "outcome", "SUCCESS")
                .record(Duration.ofMillis(1));
        registry.timer("http.server.requests", "route", "/b", "outcome", "SUCCESS")
                .record(Duration.ofMillis(1));
        registry.gauge("pool.pending", List.of(Tag.of("pool", "db")), 3);
        registry.counter("other").increment();

        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .extracting(Meter.Id::getName)
                .containsExactlyInAnyOrder("http.server.requests", "pool.pending");
        assertThat(registry.get("http.server.requests")
                        .tags("Service", "orders", "Environment", "prod", "outcome", "SUCCESS")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("pool.pending").tag("pool", "db").gauge().value())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AWS/ECS", ":games", "gämes", "games\n"})
    void namespacesThatCloudWatchRefusesAreProblems(String namespace) {
        assertThat(problems(namespace)).singleElement().asString().contains("x.namespace", "AWS/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Games", "Games/AWS: 7"})
    void othersAreNone(String namespace) {
        assertThat(problems(namespace)).isEmpty();
    }

    private static List<String> problems(String namespace) {
        MeterSelectionConfig config =
                Configuration.load(Map.of("x.namespace", namespace)).bind("x", MeterSelectionConfig.class);
        List<String> problems = new ArrayList<>();
        MeterSelection.checkNamespace(config, "x.namespace", (key, expected) -> problems.add(key + ": " + expected));
        return problems;
    }
}
