package dev.chassis.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmfLinesTest {

    private final List<String> leftOut = new ArrayList<>();
    private final EmfLines lines =
            new EmfLines("Games", false, (metric, why) -> leftOut.add(metric.name() + ": " + why));

    @Test
    void aLineIsSplitBeforeItIsTooLongOrHasTooMuch() {
        List<EmfMetric> metrics = IntStream.range(0, 1000)
                .mapToObj(i -> metric("m" + i, i, "tag", "x".repeat(i % 3 * 100)))
                .toList();
        for (int budget : new int[] {600, 2_000, 16_000, 250_000, Integer.MAX_VALUE}) {
            List<String> split = lines.of(metrics, System.currentTimeMillis(), budget);

            Map<String, Object> told = new HashMap<>();
            split.forEach(line -> told.putAll(EmfValidator.valid(line, budget)));
            assertThat(metrics)
                    .allSatisfy(metric ->
                            assertThat(EmfValidator.number(told, metric.name())).isEqualTo(metric.value()));
            assertThat(leftOut).isEmpty();
        }
    }

    @Test
    void whatFitsIntoNoLineIsToldToBeLeftOutAndCostsNoOther() {
        List<EmfMetric> metrics = List.of(
                metric("a", 1),
                metric("n".repeat(200), 2),
                metric("a", 3),
                metric("b.sum", 4, "b.sum.x", "y"),
                metric("c", 5));

        List<String> told = lines.of(metrics, System.currentTimeMillis(), 350);

        assertThat(leftOut)
                .containsExactly(
                        "n".repeat(200) + ".x: a line with it is longer than 349 bytes",
                        "a.x: its name is taken",
                        "b.sum.x: its name is taken");
        assertThat(told)
                .singleElement()
                .satisfies(line -> assertThat(EmfValidator.valid(line, 350))
                        .containsEntry("a.x", 1)
                        .containsEntry("c.x", 5));
    }

    @Test
    void numbersAreWrittenInFull() {
        List<EmfMetric> metrics =
                List.of(metric("a", 0.1), metric("b", 1e100), metric("c", -2), metric("d", 123456789012345678d));

        String line = lines.of(metrics, System.currentTimeMillis(), 16_000).get(0);

        assertThat(EmfValidator.valid(line, 16_000))
                .containsEntry("a.x", 0.1)
                .containsEntry("b.x", 1e100)
                .containsEntry("c.x", -2)
                .containsEntry("d.x", 123456789012345678d);
    }

    @Test
    void whatIsTooLargeOrTooSmallForCloudWatchIsAsFarAsItGoesAndNoNumberIsNotTellable() {
        assertThat(metric("a", Double.NaN).isTellable()).isFalse();
        assertThat(metric("a", Double.POSITIVE_INFINITY).value()).isEqualTo(1.174271e108);
        assertThat(metric("a", -1e300).value()).isEqualTo(-1.174271e108);
        assertThat(metric("a", -1e-300).value()).isEqualTo(-8.51592e-109);
        assertThat(metric("a", -0.0).value()).isEqualTo(0.0);
        assertThat(metric("a", -1e100).value()).isEqualTo(-1e100);
    }

    private static EmfMetric metric(String name, double value, String... tags) {
        Meter.Id id = new Meter.Id(name, Tags.of(tags), null, null, Meter.Type.GAUGE);
        return EmfMetric.of(id, "x", "None", value);
    }
}
