package dev.chassis.logging;

import java.io.IOException;
import java.io.OutputStream;
import net.logstash.logback.composite.AbstractCompositeJsonFormatter;
import net.logstash.logback.encoder.CompositeJsonEncoder;

/** One JSON object per line, by logstash-logback-encoder with one provider, which writes our schema. Used by one thread at a time. */
final class JsonLines implements LineEncoder {

    private final SchemaEncoder encoder = new SchemaEncoder();

    JsonLines() {
        encoder.setLineSeparator("UNIX");
        encoder.getProviders().addProvider(new SchemaProvider());
        encoder.start();
    }

    @Override
    public void encode(Line line, OutputStream out) throws IOException {
        encoder.encode(line, out);
    }

    private static final class SchemaEncoder extends CompositeJsonEncoder<Line> {
        @Override
        protected AbstractCompositeJsonFormatter<Line> createFormatter() {
            return new SchemaFormatter(this);
        }
    }
}
