package dev.chassis.logging;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Puts numbers into lines of the embedded metric format: those of the same dimensions together, as many as CloudWatch and the log driver
 * take in one line. A line that is cut is worth nothing, so it is never too long.
 *
 * <p>Used by one thread at a time. I1: what is in {@code members} of a line is in it once, beside its dimensions. I2: a line with {@code
 * count} metrics has room for the end of it.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">the
 *     embedded metric format</a>
 */
final class EmfLines {

    private static final int MAX_METRICS = 100;
    private static final int MAX_DIMENSIONS = 30;
    private static final int MAX_BYTES = 1_000_000;
    private static final String META = "_aws";

    private final String namespace;
    private final boolean highResolution;
    private final BiConsumer<EmfMetric, String> leftOut;

    /** {@code leftOut} is told what cannot be in any line, and why. */
    EmfLines(String namespace, boolean highResolution, BiConsumer<EmfMetric, String> leftOut) {
        this.namespace = namespace;
        this.highResolution = highResolution;
        this.leftOut = leftOut;
    }

    /** The lines, without line feeds, each shorter than {@code budget} bytes. */
    List<String> of(List<EmfMetric> metrics, long millis, int budget) {
        Map<Map<String, String>, List<EmfMetric>> groups = new LinkedHashMap<>();
        metrics.forEach(metric -> groups.computeIfAbsent(metric.dimensions(), dimensions -> new ArrayList<>())
                .add(metric));
        List<String> lines = new ArrayList<>();
        groups.forEach((dimensions, group) -> add(lines, dimensions, group, millis, Math.min(budget, MAX_BYTES) - 1));
        return lines;
    }

    private void add(
            List<String> lines, Map<String, String> dimensions, List<EmfMetric> group, long millis, int budget) {
        Set<String> names = new HashSet<>(dimensions.keySet());
        names.add(META);
        Parts parts = new Parts(head(dimensions.keySet(), millis), tail(dimensions));
        for (EmfMetric metric : group) {
            if (dimensions.size() > MAX_DIMENSIONS) {
                leftOut.accept(metric, "it has more than " + MAX_DIMENSIONS + " dimensions");
            } else if (!names.add(metric.name())) {
                leftOut.accept(metric, "its name is taken");
            } else if (!parts.add(metric, budget, lines)) {
                leftOut.accept(metric, "a line with it is longer than " + budget + " bytes");
            }
        }
        parts.end(lines);
    }

    private String head(Set<String> dimensions, long millis) {
        StringBuilder head = new StringBuilder("{\"")
                .append(META)
                .append("\":{\"Timestamp\":")
                .append(millis);
        head.append(",\"CloudWatchMetrics\":[{\"Namespace\":").append(quoted(namespace));
        head.append(",\"Dimensions\":[[");
        head.append(String.join(",", dimensions.stream().map(EmfLines::quoted).toList()));
        return head.append("]],\"Metrics\":[").toString();
    }

    private static String tail(Map<String, String> dimensions) {
        StringBuilder tail = new StringBuilder("]}]}");
        dimensions.forEach((name, value) ->
                tail.append(',').append(quoted(name)).append(':').append(quoted(value)));
        return tail.toString();
    }

    /** Everything here is printable ASCII already. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** A whole number as such: what is counted reads like it. */
    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** One line as it grows. */
    private final class Parts {

        private final String head;
        private final String tail;
        private final StringBuilder definitions = new StringBuilder();
        private final StringBuilder members = new StringBuilder();
        private int count;

        Parts(String head, String tail) {
            this.head = head;
            this.tail = tail;
        }

        /** Adds it, to a new line if need be; false if it fits into none. */
        boolean add(EmfMetric metric, int budget, List<String> lines) {
            String name = quoted(metric.name());
            String definition = "{\"Name\":" + name + ",\"Unit\":\"" + metric.unit() + '"'
                    + (highResolution ? ",\"StorageResolution\":1}" : "}");
            String member = "," + name + ":" + number(metric.value());
            int needed = definition.length() + 1 + member.length();
            if (head.length() + tail.length() + needed > budget) { // the comma it has alone is the brace at the end
                return false;
            }
            if (count == MAX_METRICS || length() + needed > budget) {
                end(lines);
            }
            definitions.append(count == 0 ? "" : ",").append(definition);
            members.append(member);
            count++;
            return true;
        }

        void end(List<String> lines) {
            if (count > 0) {
                lines.add(head + definitions + tail + members + '}');
            }
            definitions.setLength(0);
            members.setLength(0);
            count = 0;
        }

        private int length() {
            return head.length() + definitions.length() + tail.length() + members.length() + 1;
        }
    }
}
