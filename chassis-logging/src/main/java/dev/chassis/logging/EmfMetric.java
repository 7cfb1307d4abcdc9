package dev.chassis.logging;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One number of a meter, as CloudWatch is to find it. Immutable.
 *
 * @param dimensions names and values, in order
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html">what a dimension may be</a>
 */
record EmfMetric(String name, String unit, double value, Map<String, String> dimensions) {

    private static final int MAX_NAME = 255;
    private static final int MAX_VALUE = 1024;
    private static final double LARGEST = Math.pow(2, 360);
    private static final String TIME = "Milliseconds";
    private static final Map<String, String> UNITS =
            Map.of("bytes", "Bytes", "milliseconds", TIME, "ms", TIME, "seconds", "Seconds", "percent", "Percent");

    /** A number of a meter: {@code http.server.requests} and {@code count}. */
    static EmfMetric of(Meter.Id id, String statistic, String unit, double value) {
        return new EmfMetric(ascii(id.getName() + "." + statistic, MAX_NAME), unit, value, dimensions(id.getTags()));
    }

    /** Whether CloudWatch takes the number; it refuses what is none, and what is too large. */
    boolean isTellable() {
        return Math.abs(value) <= LARGEST; // false for NaN
    }

    /** CloudWatch's name of a unit. */
    static String unit(@Nullable String baseUnit) {
        return baseUnit == null ? "None" : UNITS.getOrDefault(baseUnit, "None");
    }

    /** A tag without a value is none: a dimension must have one. */
    private static Map<String, String> dimensions(List<Tag> tags) {
        Map<String, String> dimensions = new LinkedHashMap<>();
        for (Tag tag : tags) {
            if (!tag.getValue().isBlank()) {
                dimensions.put(ascii(tag.getKey(), MAX_NAME), ascii(tag.getValue(), MAX_VALUE));
            }
        }
        return dimensions;
    }

    /** What CloudWatch does not take becomes an underscore: all but printable ASCII, and a colon at the beginning. */
    static String ascii(String text, int max) {
        StringBuilder ascii = new StringBuilder(text.substring(0, Math.min(max, text.length())));
        for (int i = 0; i < ascii.length(); i++) {
            char c = ascii.charAt(i);
            if (c < ' ' || c > '~' || i == 0 && c == ':') {
                ascii.setCharAt(i, '_');
            }
        }
        return ascii.toString();
    }
}
