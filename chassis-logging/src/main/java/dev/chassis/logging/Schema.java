package dev.chassis.logging;

import dev.chassis.context.Correlation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The field names of a line. Our own, version 1, have letters, digits, dots and underscores only, which CloudWatch Logs Insights takes
 * unquoted; the others are those of the Elastic Common Schema and of logstash's own layout. Immutable.
 */
final class Schema {

    /** What a line says of itself. */
    enum Field {
        TS("ts", "@timestamp", "@timestamp"),
        LEVEL("level", "log.level", "level"),
        LOGGER("logger", "log.logger", "logger_name"),
        THREAD("thread", "process.thread.name", "thread_name"),
        MSG("msg", "message", "message"),
        CORRELATION_ID(Correlation.ID_KEY, "labels.correlation_id", Correlation.ID_KEY),
        TRACE_ID(Correlation.TRACE_ID_KEY, "trace.id", Correlation.TRACE_ID_KEY),
        SPAN_ID(Correlation.SPAN_ID_KEY, "span.id", Correlation.SPAN_ID_KEY),
        SEQ("seq", "event.sequence", "seq"),
        ERROR_TYPE("error.type", "error.type", "error_type"),
        ERROR_MESSAGE("error.message", "error.message", "error_message"),
        ERROR_HASH("error.hash", "error.hash", "error_hash"),
        ERROR_REPEAT("error.repeat", "error.repeat", "error_repeat"),
        ERROR_STACK("error.stack", "error.stack_trace", "stack_trace"),
        TRUNCATED("truncated", "labels.truncated", "truncated");

        private final String[] names;

        Field(String... names) {
            this.names = names;
        }
    }

    static final Schema CHASSIS = new Schema(0, Map.of(), "");
    static final Schema ECS = new Schema(
            1,
            Map.of("service", "service.name", "version", "service.version", "zone", "cloud.availability_zone"),
            ",\"ecs.version\":\"8.11\"");
    static final Schema LOGSTASH = new Schema(2, Map.of(), ",\"@version\":\"1\"");

    private final Map<String, String> common;
    private final Set<String> reserved = new HashSet<>();
    private final byte[][] prefixes = new byte[Field.values().length][];
    private final byte[] constant;
    private final int column;

    private Schema(int column, Map<String, String> common, String constant) {
        this.column = column;
        this.common = common;
        this.constant = constant.getBytes(StandardCharsets.US_ASCII);
        for (Field field : Field.values()) {
            reserved.add(field.names[column]);
            prefixes[field.ordinal()] = prefix(field.names[column]);
        }
        if (!constant.isEmpty()) {
            reserved.add(constant.split("\"")[1]);
        }
    }

    /** The schema of that name, in any case of letters; null if there is none. */
    static @Nullable Schema parse(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "chassis" -> CHASSIS;
            case "ecs" -> ECS;
            case "logstash" -> LOGSTASH;
            default -> null;
        };
    }

    /** Ours on every line, also where it is absent: a field that changes its meaning from line to line cannot be queried. */
    boolean isReserved(String name) {
        return reserved.contains(name);
    }

    Set<String> reserved() {
        return new TreeSet<>(reserved);
    }

    /** What it calls a field that every line carries. */
    String common(String name) {
        return common.getOrDefault(name, name);
    }

    String name(Field field) {
        return field.names[column];
    }

    /** {@code ,"msg":}. */
    byte[] prefix(Field field) {
        return prefixes[field.ordinal()];
    }

    /** What it wants on every line, the same always. */
    byte[] constant() {
        return constant;
    }

    /** {@code ,"name":}, whatever the name. */
    static byte[] prefix(String name) {
        BatchBuffer out = new BatchBuffer();
        out.write(',');
        out.write('"');
        JsonText.append(out, name, JsonText.UNLIMITED);
        out.write('"');
        out.write(':');
        return Arrays.copyOf(out.bytes, out.size);
    }
}
