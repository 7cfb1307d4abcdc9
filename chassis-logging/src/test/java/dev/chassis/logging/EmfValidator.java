package dev.chassis.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The rules of the embedded metric format, and of CloudWatch for what is in it, one by one. */
final class EmfValidator {

    private static final Set<String> UNITS = Set.of(
            "Seconds",
            "Microseconds",
            "Milliseconds",
            "Bytes",
            "Kilobytes",
            "Megabytes",
            "Gigabytes",
            "Terabytes",
            "Bits",
            "Kilobits",
            "Megabits",
            "Gigabits",
            "Terabits",
            "Percent",
            "Count",
            "Bytes/Second",
            "Kilobytes/Second",
            "Megabytes/Second",
            "Gigabytes/Second",
            "Terabytes/Second",
            "Bits/Second",
            "Kilobits/Second",
            "Megabits/Second",
            "Gigabits/Second",
            "Terabits/Second",
            "Count/Second",
            "None");

    private EmfValidator() {}

    /** The line as an object, if it keeps every rule. */
    static Map<String, Object> valid(String line, int budget) {
        assertThat(line.getBytes(StandardCharsets.UTF_8).length + 1).isLessThanOrEqualTo(Math.min(budget, 1 << 20));
        Map<String, Object> root = Json.parse(line); // one object, nothing after it, no name twice
        Map<String, Object> meta = object(root.get("_aws"));
        assertThat(meta).containsOnlyKeys("Timestamp", "CloudWatchMetrics");
        assertThat(meta.get("Timestamp")).isInstanceOf(Long.class);
        long age = System.currentTimeMillis() - (long) Objects.requireNonNull(meta.get("Timestamp"));
        assertThat(age).isBetween(-TimeUnit.HOURS.toMillis(2), TimeUnit.DAYS.toMillis(14));
        List<?> directives = list(meta.get("CloudWatchMetrics"));
        assertThat(directives).isNotEmpty();
        directives.forEach(directive -> checkDirective(object(directive), root));
        return root;
    }

    /** A number of a line. */
    static double number(Map<String, Object> line, String name) {
        return ((Number) Objects.requireNonNull(line.get(name))).doubleValue();
    }

    private static void checkDirective(Map<String, Object> directive, Map<String, Object> root) {
        assertThat(directive).containsOnlyKeys("Namespace", "Dimensions", "Metrics");
        checkText(directive.get("Namespace"), 255);
        assertThat((String) directive.get("Namespace")).doesNotStartWith("AWS/");
        List<?> sets = list(directive.get("Dimensions"));
        assertThat(sets).isNotEmpty();
        sets.forEach(set -> checkDimensions(list(set), root));
        List<?> metrics = list(directive.get("Metrics"));
        assertThat(metrics).isNotEmpty().hasSizeLessThanOrEqualTo(100);
        Set<Object> names = new HashSet<>();
        metrics.forEach(metric -> checkMetric(object(metric), names, root));
        sets.forEach(set -> assertThat(list(set)).noneMatch(names::contains));
    }

    private static void checkDimensions(List<?> names, Map<String, Object> root) {
        assertThat(names).hasSizeLessThanOrEqualTo(30).doesNotHaveDuplicates();
        names.forEach(name -> {
            checkText(name, 255);
            assertThat((String) name).doesNotStartWith(":");
            checkText(root.get(name), 1024);
        });
    }

    private static void checkMetric(Map<String, Object> metric, Set<Object> names, Map<String, Object> root) {
        assertThat(Set.of("Name", "Unit", "StorageResolution")).containsAll(metric.keySet());
        checkText(metric.get("Name"), 255);
        assertThat(names.add(metric.get("Name"))).isTrue();
        assertThat(UNITS).contains((String) metric.get("Unit"));
        assertThat(metric.getOrDefault("StorageResolution", 60)).isIn(1, 60);
        Object value = root.get(metric.get("Name"));
        if (value instanceof List<?> values) {
            assertThat(values).isNotEmpty().hasSizeLessThanOrEqualTo(100).allSatisfy(EmfValidator::checkNumber);
        } else {
            checkNumber(value);
        }
    }

    private static void checkNumber(@Nullable Object value) {
        Object number = Objects.requireNonNull(value);
        assertThat(number).isInstanceOf(Number.class);
        assertThat(Math.abs(((Number) number).doubleValue())).isLessThanOrEqualTo(Math.pow(2, 360));
    }

    private static void checkText(@Nullable Object text, int max) {
        assertThat((String) text).isNotBlank().hasSizeLessThanOrEqualTo(max).matches("[ -~]+");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    private static List<?> list(@Nullable Object value) {
        return (List<?>) Objects.requireNonNull(value);
    }
}
