package dev.chassis.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import dev.chassis.time.Deadline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * From logback's loggers to standard output: the appender on the root logger. It belongs to a logger context, which holds the only
 * reference to it, so that there is no static state. Thread-safe.
 */
final class Pipeline extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private static final String KEY = Pipeline.class.getName();
    private static final Duration EXIT_GRACE = Duration.ofSeconds(5);

    private final LineEncoderChoice encoder;
    private final LineWriter writer;
    private volatile CommonFields common = CommonFields.NONE;
    private volatile boolean configured;

    private Pipeline(LogFormat format) {
        encoder = new LineEncoderChoice(format);
        writer = LineWriter.start(Stdout.open(), encoder);
    }

    /** Puts a pipeline on the root logger, which passes INFO and above from now on. */
    static Pipeline install(LoggerContext context, LogFormat format) {
        Pipeline pipeline = new Pipeline(format);
        pipeline.setName("chassis");
        pipeline.setContext(context);
        pipeline.start();
        StatusToStderr.listen(context);
        context.putObject(KEY, pipeline);
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(pipeline);
        pipeline.flushWhenTheProcessEnds();
        return pipeline;
    }

    private void flushWhenTheProcessEnds() {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(this::flushAtExit, "log-flush"));
        } catch (IllegalStateException e) {
            flushAtExit(); // it is ending already: the first logger was asked for in a hook
        }
    }

    /** The pipeline of a context; null when the service configures logback itself. */
    static @Nullable Pipeline of(LoggerContext context) {
        return (Pipeline) context.getObject(KEY);
    }

    /** From now on lines look like this, carry these fields, and are handed over without waiting. */
    void configure(LogFormat format, CommonFields common) {
        this.common = common;
        this.configured = true;
        encoder.choose(format);
        writer.resume();
    }

    /** The fields every line carries. */
    CommonFields common() {
        return common;
    }

    /** As {@link dev.chassis.lifecycle.LogControl#flush} says. */
    void flush(Deadline deadline) {
        writer.flush(deadline);
    }

    @Override
    protected void append(ILoggingEvent event) {
        writer.add(LineReader.read(event, common));
    }

    /**
     * For a process that ends without a drain. Under a chassis more is to come (the drain runs in a hook, too, and flushes last), so
     * those who log need not wait for each line.
     */
    private void flushAtExit() {
        Deadline deadline = Deadline.after(EXIT_GRACE);
        if (configured) {
            writer.await(deadline);
        } else {
            writer.flush(deadline);
        }
    }
}
