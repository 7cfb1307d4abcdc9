package dev.chassis.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import java.util.Map;
import net.logstash.logback.composite.AbstractJsonProvider;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/** Writes the fields of a line in their order. Names are encoded once. Used by one thread at a time. */
final class SchemaProvider extends AbstractJsonProvider<Line> {

    private static final SerializableString TS = new SerializedString(Schema.TS);
    private static final SerializableString LEVEL = new SerializedString(Schema.LEVEL);
    private static final SerializableString LOGGER = new SerializedString(Schema.LOGGER);
    private static final SerializableString THREAD = new SerializedString(Schema.THREAD);
    private static final SerializableString MSG = new SerializedString(Schema.MSG);
    private static final SerializableString CORRELATION_ID = new SerializedString(Schema.CORRELATION_ID);
    private static final SerializableString TRACE_ID = new SerializedString(Schema.TRACE_ID);
    private static final SerializableString SEQ = new SerializedString(Schema.SEQ);
    private static final SerializableString ERROR_TYPE = new SerializedString(Schema.ERROR_TYPE);
    private static final SerializableString ERROR_MESSAGE = new SerializedString(Schema.ERROR_MESSAGE);
    private static final SerializableString ERROR_STACK = new SerializedString(Schema.ERROR_STACK);

    private final UtcTimestamp timestamp = new UtcTimestamp();

    /** Counts the lines written, in the order they are written: a gap in what arrived is a line that was lost on the way. */
    private long seq;

    @Override
    public void writeTo(JsonGenerator json, Line line) {
        text(json, TS, timestamp.format(line.epochSecond(), line.nanos()));
        text(json, LEVEL, line.level());
        text(json, LOGGER, line.logger());
        text(json, THREAD, line.thread());
        text(json, MSG, line.msg());
        optional(json, CORRELATION_ID, line.correlationId());
        optional(json, TRACE_ID, line.traceId());
        if (!line.common().isEmpty()) {
            json.writeRaw(line.common().json());
        }
        json.writeName(SEQ);
        json.writeNumber(++seq);
        for (Map.Entry<String, @Nullable Object> extra : line.extras().entrySet()) {
            json.writeName(extra.getKey());
            PlainValueWriter.write(json, extra.getValue());
        }
        error(json, line.error());
    }

    private static void error(JsonGenerator json, @Nullable IThrowableProxy error) {
        if (error != null) {
            text(json, ERROR_TYPE, error.getClassName());
            optional(json, ERROR_MESSAGE, error.getMessage());
            text(json, ERROR_STACK, StackText.of(error));
        }
    }

    private static void optional(JsonGenerator json, SerializableString name, @Nullable String value) {
        if (value != null) {
            text(json, name, value);
        }
    }

    private static void text(JsonGenerator json, SerializableString name, String value) {
        json.writeName(name);
        json.writeString(Unicode.wellFormed(value));
    }
}
