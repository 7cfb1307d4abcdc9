package dev.chassis.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.Chassis;
import dev.chassis.Service;
import dev.chassis.logging.EmfMetrics;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service can change from one way to CloudWatch to the other, and its dashboards and alarms see no difference. */
class SameMetricsTest {

    private static final String ANY = "any";
    private static final long ENOUGH_MILLIS = 20_000;

    @TempDir
    Path directory;

    /** Records one of everything, and ends. Which way its meters go is configuration. */
    static final class Main {

        private static final List<Double> KEPT = List.of(3.0);

        private Main() {}

        public static void main(String[] arguments) {
            Chassis.start(
                            "same",
                            Map.of("chassis.admin.enabled", "false", "chassis.log.format", "json"),
                            Main::assemble)
                    .close();
        }

        private static void assemble(Service service) {
            service.add(EmfMetrics.from(service));
            service.add(CloudWatchMetrics.of(service.config(CloudWatchConfig.class)));
            recordNumbers(service.meters());
            recordTimes(service.meters());
            recordOddities(service.meters());
        }

        private static void recordNumbers(MeterRegistry meters) {
            meters.counter("same.counter", "kind", "a").increment(17);
            meters.counter("same.counter", "kind", "b").increment(0.5);
            for (String unit :
                    List.of("bytes", "percent", "seconds", "milliseconds", "ms", "connections", "Count", "")) {
                Gauge.builder("same.gauge." + unit, KEPT, kept -> kept.get(0))
                        .baseUnit(unit)
                        .register(meters);
                DistributionSummary.builder("same.summary." + unit)
                        .baseUnit(unit)
                        .register(meters)
                        .record(40);
            }
            meters.summary("same.summary.empty");
            meters.summary("same.summary.tags", "outcome", "SUCCESS", "route", "/a")
                    .record(1);
            meters.summary("same.summary.tags", "outcome", "SUCCESS", "route", "/b")
                    .record(2);
            FunctionCounter.builder("same.function.counter", KEPT, kept -> 5).register(meters);
        }

        private static void recordTimes(MeterRegistry meters) {
            Timer timer = meters.timer("same.timer", "outcome", "SUCCESS");
            timer.record(Duration.ofMillis(10));
            timer.record(Duration.ofMillis(30));
            meters.timer("same.timer.empty");
            FunctionTimer.builder("same.function.timer", KEPT, kept -> 4, kept -> 2, TimeUnit.SECONDS)
                    .register(meters);
            FunctionTimer.builder("same.function.timer.empty", KEPT, kept -> 0, kept -> 0, TimeUnit.SECONDS)
                    .register(meters);
            TimeGauge.builder("same.time.gauge", KEPT, TimeUnit.SECONDS, kept -> 7)
                    .register(meters);
            LongTaskTimer.builder("same.long.tasks").register(meters).start();
            LongTaskTimer.builder("same.long.tasks.empty").register(meters);
        }

        private static void recordOddities(MeterRegistry meters) {
            meters.counter("same.odd", "says", "h\u00e4llo \u20ac \" \\", "empty", "", "blank", " ")
                    .increment();
            meters.counter("same.odd.n\u00e4me", ":key", ":value").increment();
            meters.counter("same.long", "k".repeat(300), "v".repeat(1100)).increment();
            meters.counter("same.long." + "n".repeat(300)).increment();
            for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e300, -1e100, 1e-100, -0.0}) {
                Gauge.builder("same.value." + value, KEPT, kept -> value).register(meters);
            }
            Meter.builder(
                            "same.custom",
                            Meter.Type.OTHER,
                            List.of(
                                    new Measurement(() -> 1.0, Statistic.VALUE),
                                    new Measurement(() -> 2.0, Statistic.TOTAL),
                                    new Measurement(() -> 3.0, Statistic.UNKNOWN)))
                    .baseUnit("bytes")
                    .tags(Tags.of("a", "b"))
                    .register(meters);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1h", "59s"})
    void bothWaysTellTheSame(String step) throws Exception {
        SortedSet<String> byCalls = byCalls(step);
        SortedSet<String> throughTheLog = throughTheLog(step);

        assertThat(byCalls)
                .hasSizeGreaterThan(60)
                .anyMatch(line -> line.startsWith(
                        "same.timer.max {Environment=test, Service=same, outcome=SUCCESS}" + " 30.0 Milliseconds"));
        assertThat(throughTheLog).containsExactlyElementsOf(byCalls);
    }

    private SortedSet<String> byCalls(String step) throws Exception {
        try (FakeCloudWatch cloudWatch = new FakeCloudWatch()) {
            run("cloudwatch", step, "-Dchassis.cloudwatch.endpoint=" + cloudWatch.endpoint());
            SortedSet<String> metrics = new TreeSet<>();
            cloudWatch
                    .data("Games")
                    .forEach(datum -> metrics.add(
                            line(datum.name(), datum.dimensions(), datum.value(), datum.unit(), datum.resolution())));
            return metrics;
        }
    }

    private SortedSet<String> throughTheLog(String step) throws Exception {
        SortedSet<String> metrics = new TreeSet<>();
        for (String line : run("emf", step)) {
            if (line.startsWith("{\"_aws\":")) {
                add(metrics, new JsonMapper().readTree(line));
            }
        }
        return metrics;
    }

    private static void add(SortedSet<String> metrics, JsonNode line) {
        JsonNode directive = line.path("_aws").path("CloudWatchMetrics").path(0);
        assertThat(directive.path("Namespace").asString()).isEqualTo("Games");
        Map<String, String> dimensions = new HashMap<>();
        directive
                .path("Dimensions")
                .path(0)
                .forEach(name -> dimensions.put(
                        name.asString(), line.path(name.asString()).asString()));
        for (JsonNode metric : directive.path("Metrics")) {
            String name = metric.path("Name").asString();
            metrics.add(line(
                    name,
                    dimensions,
                    line.path(name).asDouble(),
                    metric.path("Unit").asString("None"),
                    metric.path("StorageResolution").asInt(60)));
        }
    }

    /** What a task of a second or two has taken is the time of the process. */
    private static String line(String name, Map<String, String> dimensions, double value, String unit, int resolution) {
        Object told = name.startsWith("same.long.tasks.") ? ANY : value;
        return name + " " + new TreeMap<>(dimensions) + " " + told + " " + unit + " " + resolution;
    }

    /** Steps are multiples of their length since the epoch. At the end of one everything is published, and what comes after it once more. */
    private static void awaitBeginOfAStep(long millis) {
        Awaitility.await("a step that is long enough")
                .atMost(Duration.ofMinutes(1))
                .until(() -> millis - System.currentTimeMillis() % millis > ENOUGH_MILLIS);
    }

    /** What it writes to its standard output. */
    private List<String> run(String way, String step, String... more) throws Exception {
        String prefix = "-Dchassis." + way + ".";
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Daws.region=eu-west-1",
                "-Daws.accessKeyId=test",
                "-Daws.secretAccessKey=test",
                prefix + "namespace=Games",
                prefix + "step=" + step,
                prefix + "include=same.",
                prefix + "environment=test"));
        command.addAll(List.of(more));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        Path output = directory.resolve(way + ".log");
        awaitBeginOfAStep(Duration.parse("PT" + step.toUpperCase(Locale.ROOT)).toMillis());
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return Files.readAllLines(output);
    }
}
