package dev.chassis.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.chassis.lifecycle.LogControl;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Steers logback: format, levels, common fields, the last flush. Thread-safe and without state: what it changes belongs to logback's
 * context, so that every instance does the same. Where several services share a JVM, the one configured last decides.
 *
 * <p>Where the service configures logback by a file of its own, {@link #configure} changes nothing and says so, {@link #flush} does
 * nothing, and only levels can be changed at run time.
 */
public final class LogbackControl implements LogControl {

    /** Found by {@link java.util.ServiceLoader}, or made by a service that uses no other part of the chassis. */
    public LogbackControl() {}

    /**
     * {@inheritDoc}
     *
     * <p>Settings: {@code format} (json, text, auto; default what {@code CHASSIS_LOG_FORMAT} says, else auto), {@code level} of the root logger (default INFO), {@code
     * levels.<logger>}, where the logger's name may stand in quotes, {@code schema} (chassis, ecs, logstash; default chassis), {@code line-budget}
     * (bytes, or auto: by the log driver), {@code heartbeat} (default 60s; 0s for none), {@code stack-period} (default 10s) and {@code
     * masked-names}. Everything is checked before anything is changed. Lines are handed
     * over without waiting again, also after a {@link #flush}. Who configures should also flush, as the last act of the process: what is
     * logged in a shutdown hook after that of chassis-logging may be lost otherwise.
     */
    @Override
    public void configure(Map<String, String> settings, Map<String, String> commonFields) {
        LogSettings wanted = LogSettings.of(settings, System.getenv());
        LoggerContext context = context();
        Pipeline pipeline = Pipeline.of(context);
        if (pipeline == null) {
            context.getLogger(LogbackControl.class)
                    .info("logback has a configuration file of the service's own: chassis.log.* is not applied");
            return;
        }
        pipeline.configure(wanted, commonFields);
        root(context).setLevel(wanted.level());
        wanted.levels().forEach((logger, level) -> context.getLogger(logger).setLevel(level));
    }

    @Override
    public void place(Map<String, String> fields, @Nullable String logDriver) {
        Pipeline pipeline = Pipeline.of(context());
        if (pipeline != null) {
            pipeline.place(fields, logDriver);
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Pipeline pipeline = Pipeline.of(context());
        if (pipeline != null) {
            pipeline.bindTo(registry);
        }
    }

    @Override
    public Map<String, String> levels() {
        Map<String, String> levels = new TreeMap<>();
        for (Logger logger : context().getLoggerList()) {
            Level level = logger.getLevel();
            if (level != null) {
                levels.put(logger.getName(), level.toString());
            }
        }
        return levels;
    }

    @Override
    public void setLevel(String logger, String level) {
        boolean isRoot = logger.equalsIgnoreCase(org.slf4j.Logger.ROOT_LOGGER_NAME);
        if (!level.isEmpty()) {
            context().getLogger(logger).setLevel(LogSettings.level("level of " + logger, level));
        } else if (isRoot) {
            throw new IllegalArgumentException(
                    "level of ROOT: \"\" (expected: TRACE, DEBUG, INFO, WARN, ERROR or OFF; it has none to inherit)");
        } else {
            context().getLogger(logger).setLevel(null);
        }
    }

    @Override
    public void flush(Deadline deadline) {
        Pipeline pipeline = Pipeline.of(context());
        if (pipeline != null) {
            pipeline.flush(deadline);
        }
    }

    private static Logger root(LoggerContext context) {
        return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    static LoggerContext context() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext context) {
            return context;
        }
        throw new IllegalStateException(
                "SLF4J is bound to " + factory.getClass().getName()
                        + ", chassis-logging needs logback: remove the other provider, or chassis-logging, from the class path");
    }
}
