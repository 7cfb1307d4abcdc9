package dev.chassis.logging;

import ch.qos.logback.core.spi.ContextAware;
import java.io.IOException;
import java.io.OutputStream;
import net.logstash.logback.composite.AbstractCompositeJsonFormatter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The encoder's formatter without its object mapper. Making one costs 0.2 s of CPU in a cold JVM, before the first line is out, and
 * {@link PlainValue plain values} need nothing but a generator. Used by one thread at a time.
 */
final class SchemaFormatter extends AbstractCompositeJsonFormatter<Line> {

    /** No separator between root values: the encoder ends each line itself. */
    private final JsonFactory factory =
            JsonFactory.builder().rootValueSeparator((String) null).build();

    private @Nullable OutputStream target;
    private @Nullable JsonGenerator generator;
    private boolean started;

    SchemaFormatter(ContextAware origin) {
        super(origin);
    }

    @Override
    public void start() {
        getProviders().start();
        started = true;
    }

    @Override
    public void stop() {
        getProviders().stop();
        started = false;
    }

    @Override
    public boolean isStarted() {
        return started;
    }

    @Override
    public void writeEvent(Line line, OutputStream out) throws IOException {
        JsonGenerator json = generatorFor(out);
        generator = null; // not used again unless the line goes well: its state would be anybody's guess
        writeEventToGenerator(json, line);
        generator = json;
    }

    private JsonGenerator generatorFor(OutputStream out) {
        if (generator != null && target == out) {
            return generator;
        }
        target = out;
        return factory.createGenerator(ObjectWriteContext.empty(), out);
    }
}
