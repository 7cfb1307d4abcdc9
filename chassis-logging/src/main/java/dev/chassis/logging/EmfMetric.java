package dev.chassis.logging;

import dev.chassis.metrics.CloudWatchNaming;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.NamingConvention;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One number of a meter, as CloudWatch is to find it. Immutable.
 *
 * @param dimensions names and values, in order
 */
record EmfMetric(String name, String unit, double value, Map<String, String> dimensions) {

    private static final NamingConvention NAMES = new CloudWatchNaming();

    /** What CloudWatch takes, as Micrometer's registry for it says. */
    private static final double SMALLEST = 8.515920e-109;

    private static final double LARGEST = 1.174271e+108;

    /** CloudWatch's units, by how meters may write them (API_MetricDatum). */
    private static final Map<String, String> UNITS = Stream.concat(
                    Stream.of("Seconds", "Microseconds", "Milliseconds", "Percent", "Count", "Count/Second"),
                    Stream.of("Bytes", "Bits")
                            .flatMap(unit -> Stream.of("", "Kilo", "Mega", "Giga", "Tera")
                                    .map(prefix -> prefix.isEmpty() ? unit : prefix + unit.toLowerCase(Locale.ROOT)))
                            .flatMap(unit -> Stream.of(unit, unit + "/Second")))
            .collect(Collectors.toMap(unit -> unit.toLowerCase(Locale.ROOT), Function.identity()));

    /** A number of a meter: {@code http.server.requests} and {@code count}. */
    static EmfMetric of(Meter.Id id, String statistic, String unit, double value) {
        return of(id.getName() + "." + statistic, id.getTags(), unit, value);
    }

    /** A number under a name of its own. */
    static EmfMetric of(String name, List<Tag> tags, String unit, double value) {
        return new EmfMetric(NAMES.name(name, Meter.Type.OTHER, null), unit, clamped(value), dimensions(tags));
    }

    /** Whether there is a number to tell. */
    boolean isTellable() {
        return !Double.isNaN(value);
    }

    /** CloudWatch's name of a unit. */
    static String unit(@Nullable String baseUnit) {
        return baseUnit == null ? "None" : UNITS.getOrDefault(baseUnit.toLowerCase(Locale.ROOT), "None");
    }

    private static double clamped(double value) {
        double size = Math.abs(value);
        return size == 0 || Double.isNaN(value)
                ? size
                : Math.copySign(Math.min(LARGEST, Math.max(SMALLEST, size)), value);
    }

    /** A tag without a value is none: a dimension must have one. */
    private static Map<String, String> dimensions(List<Tag> tags) {
        Map<String, String> dimensions = new LinkedHashMap<>();
        for (Tag tag : tags) {
            if (!tag.getValue().isBlank()) {
                dimensions.put(NAMES.tagKey(tag.getKey()), NAMES.tagValue(tag.getValue()));
            }
        }
        return dimensions;
    }
}
