package dev.chassis.departure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.PlatformConfig;
import dev.chassis.config.Configuration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/** When ECS is asked, and what is left of the time until the load balancer cuts connections. */
class DepartureTimingTest {

    private static final int TASKS = 30;
    private static final Path VECTORS = Path.of("..", "terraform-module", "contract", "vectors.json");
    private static final String RULE = "deregistration-covers-sockets";

    record Vector(String name, Map<String, Object> given, Map<String, String> environment, List<String> broken) {

        boolean holdsSockets() {
            return Boolean.TRUE.equals(given.get("sockets"));
        }
    }

    private record Given(DepartureConfig config, PlatformConfig platform) {

        static Given of(Map<String, String> environment) {
            Map<String, String> own = new HashMap<>(environment);
            own.keySet()
                    .removeIf(name -> !name.startsWith("CHASSIS_PLATFORM_") && !name.startsWith("CHASSIS_DEPARTURE_"));
            Configuration configuration = Configuration.load(own, Map.of(), Map.of());
            Given given =
                    new Given(configuration.bind(DepartureConfig.class), configuration.bind(PlatformConfig.class));
            configuration.verify();
            return given;
        }

        DepartureTiming timing() {
            return DepartureTiming.of(config, platform);
        }

        List<String> problems() {
            List<String> problems = new ArrayList<>();
            new DepartureWatch(config, platform, Map.of())
                    .check((key, expected) -> problems.add(key + ": " + expected));
            return problems;
        }
    }

    /** What the Terraform module gives a service with sockets is enough, or it refuses it itself. */
    @TestFactory
    Stream<DynamicTest> theVectorsOfTheModuleLeaveAWindow() {
        List<Vector> vectors = List.of(new JsonMapper().readValue(VECTORS.toFile(), Vector[].class));
        List<Vector> holding = vectors.stream().filter(Vector::holdsSockets).toList();
        assertThat(holding.stream().map(Vector::broken)).contains(List.of(), List.of(RULE));
        return holding.stream()
                .map(vector -> DynamicTest.dynamicTest(vector.name(), () -> {
                    Given given = Given.of(vector.environment());
                    if (vector.broken().contains(RULE)) {
                        assertThat(given.timing().window()).isLessThan(Duration.ofSeconds(5));
                    } else {
                        assertThat(given.problems()).isEmpty();
                        assertThat(given.timing().window()).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
                    }
                }));
    }

    @Test
    void aDelayThatLeavesNoTimeIsRefusedWithTheNumbers() {
        assertThat(Given.of(Map.of("CHASSIS_PLATFORM_DEREGISTRATION_DELAY", "14s"))
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .startsWith("chassis.platform.deregistration-delay: at least 14600ms")
                        .contains("3000ms", "chassis.departure.timeout", "chassis.departure.window"));
        assertThat(Given.of(Map.of("CHASSIS_PLATFORM_DEREGISTRATION_DELAY", "15s"))
                        .problems())
                .isEmpty();
        assertThat(Given.of(Map.of("CHASSIS_PLATFORM_DEREGISTRATION_DELAY", "15s", "CHASSIS_DEPARTURE_WINDOW", "2s"))
                        .problems())
                .hasSize(1);
        assertThat(Given.of(Map.of()).problems()).isEmpty();
    }

    @Test
    void theWindowIsWhatTheDelayLeaves() {
        assertThat(Given.of(Map.of()).timing().window()).isEqualTo(Duration.ofSeconds(20));
        assertThat(Given.of(Map.of("CHASSIS_PLATFORM_DEREGISTRATION_DELAY", "20s"))
                        .timing()
                        .window())
                .isEqualTo(Duration.ofMillis(6400));
        assertThat(Given.of(Map.of("CHASSIS_PLATFORM_DEREGISTRATION_DELAY", "300s"))
                        .timing()
                        .window())
                .isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void manyTasksAskLessOften() {
        assertThat(Given.of(Map.of("CHASSIS_PLATFORM_MAX_TASKS", "12")).timing().interval())
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(Given.of(Map.of("CHASSIS_PLATFORM_MAX_TASKS", "100"))
                        .timing()
                        .interval())
                .isEqualTo(Duration.ofSeconds(25));
    }

    /** Tasks that start together, or are throttled together, do not go on together. */
    @Test
    void noTwoTasksAskAtTheSameTime() {
        DepartureTiming timing = Given.of(Map.of()).timing();
        assertSpread(timing::first, 0, 3000);
        assertSpread(timing::next, 2400, 3600);
        assertSpread(() -> timing.after(1), 0, 3000);
        assertSpread(() -> timing.after(2), 0, 6000);
        assertSpread(() -> timing.after(9), 0, 24_000);
        assertSpread(timing::afterDenial, 48_000, 72_000);
    }

    private static void assertSpread(Supplier<Duration> pause, long least, long most) {
        List<Duration> pauses =
                IntStream.range(0, TASKS).mapToObj(task -> pause.get()).toList();
        assertThat(pauses)
                .doesNotHaveDuplicates()
                .allSatisfy(one -> assertThat(one).isBetween(Duration.ofMillis(least), Duration.ofMillis(most)));
        assertThat(pauses.stream().map(one -> one.toMillis() * 4 / (most + 1)).distinct())
                .as("quarters of the time")
                .hasSizeGreaterThan(least == 0 ? 1 : 0);
    }
}
