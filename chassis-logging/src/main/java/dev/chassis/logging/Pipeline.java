package dev.chassis.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From logback's loggers to standard output: the appender on the root logger. It belongs to a logger context, which holds the only
 * reference to it, so that there is no static state. Thread-safe.
 */
final class Pipeline extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private static final String KEY = Pipeline.class.getName();
    private static final Duration EXIT_GRACE = Duration.ofSeconds(5);
    private static final Duration STACK_PERIOD = Duration.ofSeconds(10);

    private final LogTotals totals = new LogTotals();
    private final LineEncoderChoice encoder;
    private final LineWriter writer;
    private volatile CommonFields common = CommonFields.NONE;
    private volatile @Nullable LogSettings settings; // this one and the next three are written under the monitor
    private Map<String, String> serviceFields = Map.of();
    private Map<String, String> place = Map.of();
    private @Nullable String logDriver;

    private Pipeline(LogFormat format) {
        LineRules rules = new LineRules(LineBudget.SMALLEST, STACK_PERIOD, Set.of());
        encoder = new LineEncoderChoice(format, rules, totals);
        writer = LineWriter.start(Stdout.open(), encoder, totals);
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
        Deadline.after(EXIT_GRACE); // its class is there then, whatever has become of the loader
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

    /**
     * From now on lines look like this, carry these fields, and are handed over without waiting.
     *
     * @throws IllegalArgumentException if a field belongs to the schema; then nothing has changed
     */
    synchronized void configure(LogSettings wanted, Map<String, String> fields) {
        apply(wanted, fields, place, logDriver);
        settings = wanted;
        serviceFields = Map.copyOf(fields);
        writer.resume();
    }

    /** Adds where the process runs to what it is; a field of the service itself wins. */
    synchronized void place(Map<String, String> fields, @Nullable String driver) {
        apply(settings, serviceFields, fields, driver);
        place = Map.copyOf(fields);
        logDriver = driver;
    }

    /** Holds the monitor, so that what was wanted last is what is. */
    private void apply(
            @Nullable LogSettings wanted, Map<String, String> own, Map<String, String> where, @Nullable String driver) {
        LogSettings applied = wanted == null ? LogSettings.of(Map.of(), System.getenv()) : wanted;
        Map<String, String> fields = new HashMap<>(where);
        fields.putAll(own);
        CommonFields all = new CommonFields(applied.schema(), fields);
        Integer budget = applied.lineBudget();
        encoder.choose(
                applied.format(),
                new LineRules(
                        budget == null ? LineBudget.of(driver) : budget, applied.stackPeriod(), applied.maskedNames()));
        writer.reports().configure(all, applied.heartbeat());
        common = all;
    }

    /** Binds the meters of what becomes of the lines. */
    void bindTo(MeterRegistry registry) {
        LogMeters.bind(registry, totals, writer.queue());
    }

    /** The fields every line carries. */
    CommonFields common() {
        return common;
    }

    /** The most bytes of a line, with its line feed. */
    int lineBudget() {
        return encoder.lineBudget();
    }

    /** Has a line written as it is, not longer than that. Never waits. */
    void raw(String line) {
        writer.add(Line.raw(line));
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
        if (settings != null) {
            writer.await(deadline);
        } else {
            writer.flush(deadline);
        }
    }
}
