package dev.chassis.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.chassis.Chassis;
import dev.chassis.Service;
import dev.chassis.config.ConfigException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Metrics through the log, as whoever reads the standard output of a service sees them. */
@Timeout(180)
class EmfProcessTest {

    private static final int BUDGET = LineBudget.SMALLEST;
    private static final String META = "{\"_aws\":";

    @Test
    void theDrainTellsWhatWasRecordedBeforeItsReport() throws Exception {
        try (Jvm jvm = Jvm.start(EmfService.class, Map.of("CHASSIS_EMF_STEP", "1h"))) {
            await().atMost(Duration.ofSeconds(60)).until(() -> jvm.hasLineWith("\"event\":\"ready\""));
            assertThat(jvm.hasLineWith(META)).isFalse();
            jvm.terminate();
            assertThat(jvm.exitCode()).isZero();

            List<String> all = List.copyOf(jvm.lines);
            assertThat(all.get(all.size() - 1)).contains("\"event\":\"drain_report\"", "\"verdict\":\"clean\"");
            List<Map<String, Object>> lines = metrics(all);
            assertThat(numbers(lines, "orders.placed.count")).containsExactly(17.0);
            assertThat(numbers(lines, "orders.took.count")).containsExactly(3.0);
            assertThat(numbers(lines, "orders.took.sum")).containsExactly(60.0);
            assertThat(numbers(lines, "orders.took.avg")).containsExactly(20.0);
            assertThat(numbers(lines, "orders.took.max")).containsExactly(30.0);
            assertThat(numbers(lines, "orders.none.value")).isEmpty();
            assertThat(numbers(lines, "orders.infinite.value")).containsExactly(1.174271e108);
            for (int i = 0; i < EmfService.GAUGES; i++) {
                assertThat(numbers(lines, "orders.gauge." + i + ".value")).containsExactly((double) i);
            }
            assertThat(lines)
                    .filteredOn(line -> line.containsKey("orders.odd.count"))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .containsEntry("Service", "emf")
                            .containsEntry("Environment", "default")
                            .containsEntry("says", "\"h_llo\" \\ _")
                            .doesNotContainKey("empty"));
            assertThat(all.stream().filter(line -> line.contains("orders.wide.count is not told")))
                    .hasSize(1);
            assertThat(all.stream().filter(line -> line.contains("\"event\":\"emf_bill\"")))
                    .singleElement()
                    .asString()
                    .contains("USD a month");
            assertThat(jvm.errors()).doesNotContain("chassis-logging:");
        }
    }

    @Test
    void everyStepTellsItsShareAndNothingIsToldTwice() throws Exception {
        try (Jvm jvm = Jvm.start(EmfService.class, Map.of("CHASSIS_EMF_STEP", "1s"))) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> numbers(metrics(jvm.lines), "orders.ticks.count").stream()
                                    .filter(count -> count > 0)
                                    .count()
                            >= 2);
            jvm.terminate();
            assertThat(jvm.exitCode()).isZero();

            assertThat(String.join("\n", jvm.lines)).contains("\"StorageResolution\":1");
            assertThat(sum(metrics(jvm.lines), "orders.ticks.count")).isLessThanOrEqualTo(ticks(jvm));
            assertThat(sum(metrics(jvm.lines), "orders.placed.count")).isLessThanOrEqualTo(17);
            assertEveryPublicationArrived(jvm);
        }
    }

    /** Lines are dropped meanwhile, those of metrics are not. */
    @Test
    void anOutputThatNobodyReadsCostsNoMetric() throws Exception {
        try (Jvm jvm = Jvm.startUnread(StalledService.class)) {
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> !jvm.errorLines("dropping").isEmpty());
            jvm.read();
            await().atMost(Duration.ofSeconds(60)).until(() -> jvm.hasLineWith(META));
            jvm.terminate();
            assertThat(jvm.exitCode()).isZero();

            assertThat(jvm.lines).anyMatch(line -> line.contains("log_dropped"));
            assertEveryPublicationArrived(jvm);
        }
    }

    /** Each asks the gauge once. (A publication that begins a step late tells nothing of that step; a busy machine does that to one of 1 s.) */
    private static void assertEveryPublicationArrived(Jvm jvm) {
        List<Double> asked = numbers(metrics(jvm.lines), "orders.asked.value");

        assertThat(asked).hasSizeGreaterThanOrEqualTo(3);
        for (int i = 0; i < asked.size(); i++) {
            assertThat(asked.get(i)).isEqualTo(i + 1);
        }
    }

    @Test
    void payingTwiceAndAmazonsNamespacesAreRefused() {
        assertRefused(
                Map.of("chassis.cloudwatch.namespace", "Games", "chassis.emf.namespace", "Games"), "paid for twice");
        assertRefused(Map.of("chassis.emf.namespace", "AWS/ECS"), "do not begin with AWS/");
    }

    private static void assertRefused(Map<String, String> settings, String why) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("chassis.admin.enabled", "false");
        assertThatThrownBy(() -> Chassis.start("emf", all, service -> service.add(EmfMetrics.from(service)))
                        .close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("chassis.emf.namespace")
                .hasMessageContaining(why);
    }

    /** Those of metrics, each of which keeps the rules. */
    private static List<Map<String, Object>> metrics(List<String> lines) {
        synchronized (lines) {
            return lines.stream()
                    .filter(line -> line.startsWith(META))
                    .map(line -> EmfValidator.valid(line, BUDGET))
                    .toList();
        }
    }

    private static List<Double> numbers(List<Map<String, Object>> lines, String metric) {
        return lines.stream()
                .filter(line -> line.containsKey(metric))
                .map(line -> EmfValidator.number(line, metric))
                .toList();
    }

    private static double sum(List<Map<String, Object>> lines, String metric) {
        return numbers(lines, metric).stream().mapToDouble(Double::doubleValue).sum();
    }

    private static double ticks(Jvm jvm) {
        return jvm.lines.stream()
                .filter(line -> line.contains("\"ticked\":"))
                .map(Json::parse)
                .mapToDouble(line -> EmfValidator.number(line, "ticked"))
                .findFirst()
                .orElseThrow();
    }

    /** Records this and that, and ticks until it is told to end. */
    static class EmfService {

        static final int GAUGES = 250;

        static final AtomicInteger ASKED = new AtomicInteger();

        private static final Logger LOG = LoggerFactory.getLogger(EmfService.class);

        public static void main(String[] args) {
            System.setProperty("chassis.log.format", "json");
            System.setProperty("chassis.admin.enabled", "false");
            System.setProperty("chassis.emf.namespace", "Games");
            System.setProperty("chassis.emf.include", "orders.");
            System.setProperty("chassis.emf.tags", "says,empty,w");
            Chassis.run("emf", args, EmfService::assemble);
        }

        static void assemble(Service service) {
            service.add(EmfMetrics.from(service));
            MeterRegistry meters = service.meters();
            Ticking ticking = service.add(new Ticking(meters.counter("orders.ticks")));
            record(meters);
            LOG.info("recorded everything");
            ticking.begin();
        }

        private static void record(MeterRegistry meters) {
            meters.counter("orders.placed").increment(17);
            Timer took = meters.timer("orders.took");
            Stream.of(10, 20, 30).forEach(millis -> took.record(Duration.ofMillis(millis)));
            Gauge.builder("orders.asked", ASKED::incrementAndGet).register(meters);
            Gauge.builder("orders.none", () -> Double.NaN).register(meters);
            Gauge.builder("orders.infinite", () -> Double.POSITIVE_INFINITY).register(meters);
            IntStream.range(0, GAUGES)
                    .forEach(i -> Gauge.builder("orders.gauge." + i, () -> i).register(meters));
            meters.counter("orders.odd", "says", "\"h\u00e4llo\" \\ \n", "empty", "")
                    .increment();
            meters.counter(
                            "orders.wide",
                            Tags.of(IntStream.range(0, 31)
                                    .mapToObj(i -> Tag.of("w" + i, "x"))
                                    .toList()))
                    .increment();
        }
    }

    /** Logs more than fits, until metrics have been told three times since. */
    static final class StalledService {

        private static final int FULL = 40_000;

        public static void main(String[] args) {
            System.setProperty("chassis.emf.step", "1s");
            Thread noise = new Thread(StalledService::noise);
            noise.setDaemon(true);
            noise.start();
            EmfService.main(args);
        }

        private static void noise() {
            Logger log = LoggerFactory.getLogger(StalledService.class);
            String text = "x".repeat(1000);
            int asked = Integer.MAX_VALUE;
            for (int i = 0; i < FULL || EmfService.ASKED.get() < asked; i++) {
                log.info("{} {}", i, text);
                if (i == FULL) {
                    asked = EmfService.ASKED.get() + 3;
                }
            }
            System.err.println("dropping");
        }
    }
}
