package dev.chassis.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.Map;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import org.slf4j.event.KeyValuePair;

/**
 * Lines that must not be lost: who did what. They pass whatever the levels are, are never dropped and never shortened to a repetition. When
 * standard output takes no more, the caller waits, however long that is; an event loop, which must not wait, may put them beyond the bound
 * of the queue instead.
 *
 * <pre>{@code
 * private static final AuditLog AUDIT = AuditLog.named("payments");
 * AUDIT.record("refund", Map.of("order", order.id(), "cents", 995));
 * }</pre>
 *
 * <p>A line has the logger {@code audit.<name>}, the field {@code event}, the given fields, and everything other lines have: the
 * correlation, masks, the sequence number. Thread-safe.
 */
public final class AuditLog {

    /** On every event of an audit log, so that a service's own appenders can tell. */
    static final Marker MARKER = MarkerFactory.getMarker("AUDIT");

    private static final String PREFIX = "audit.";

    private final Logger logger;

    private AuditLog(Logger logger) {
        this.logger = logger;
    }

    /**
     * The audit log of this name.
     *
     * @throws IllegalStateException if SLF4J is not bound to logback
     */
    public static AuditLog named(String name) {
        LoggerContext context = LogbackControl.context();
        return new AuditLog(context.getLogger(PREFIX + name));
    }

    /** Records an event. On return the line is on its way, and will be written before the process ends as any other. */
    public void record(String event, Map<String, ?> fields) {
        LoggingEvent line = new LoggingEvent(AuditLog.class.getName(), logger, Level.INFO, event, null, null);
        line.addMarker(MARKER);
        line.addKeyValuePair(new KeyValuePair("event", event));
        fields.forEach((name, value) -> line.addKeyValuePair(new KeyValuePair(name, value)));
        logger.callAppenders(line);
    }
}
