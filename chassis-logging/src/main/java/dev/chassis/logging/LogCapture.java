package dev.chassis.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects, for a test, every line logged in this JVM as the JSON it becomes, whatever the format on standard output is. A line is there
 * when the call that logged it has returned.
 *
 * <pre>{@code
 * try (LogCapture capture = LogCapture.start()) {
 *     service.doIt();
 *     assertThat(capture.lines()).anyMatch(line -> line.contains("\"msg\":\"done\""));
 * }
 * }</pre>
 *
 * <p>Thread-safe. {@code seq} counts within the capture. Several captures may run at the same time; each sees everything.
 */
public final class LogCapture implements AutoCloseable {

    private final Logger root;
    private final Capturer capturer;

    private LogCapture(LoggerContext context) {
        this.root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        this.capturer = new Capturer(context);
    }

    /**
     * Begins to collect.
     *
     * @throws IllegalStateException if SLF4J is not bound to logback
     */
    public static LogCapture start() {
        LogCapture capture = new LogCapture(LogbackControl.context());
        capture.capturer.start();
        capture.root.addAppender(capture.capturer);
        return capture;
    }

    /** The lines so far, oldest first, without line feeds; a copy. */
    public List<String> lines() {
        return capturer.lines();
    }

    /** Ends it; the lines stay readable. Idempotent. */
    @Override
    public void close() {
        root.detachAppender(capturer);
        capturer.stop();
    }

    private static final class Capturer extends UnsynchronizedAppenderBase<ILoggingEvent> {

        private final List<String> lines = new ArrayList<>();
        private final JsonLines encoder = new JsonLines(LineRules.UNBOUNDED, new LogTotals());
        private final LoggerContext owner;

        Capturer(LoggerContext context) {
            this.owner = context;
            setContext(context);
        }

        @Override
        protected void append(ILoggingEvent event) {
            Pipeline pipeline = Pipeline.of(owner);
            Line line = LineReader.read(event, pipeline == null ? CommonFields.NONE : pipeline.common());
            add(line);
        }

        synchronized List<String> lines() {
            return List.copyOf(lines);
        }

        /** Holds the monitor while it encodes, which runs no code but ours: lines come in the order of their numbers. */
        private synchronized void add(Line line) {
            BatchBuffer bytes = new BatchBuffer();
            encoder.encode(line, bytes);
            lines.add(bytes.toString().stripTrailing());
        }
    }
}
