package dev.chassis.logging;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * What logging says about itself: a heartbeat with the totals, by which whoever reads the lines can tell how many never arrived, and a
 * warning when lines were dropped. Used by the writer thread; the settings may be changed by any.
 */
final class Reports {

    private static final String LOGGER = "dev.chassis.logging";
    private static final long DROPS_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LogTotals totals;
    private final ToLongFunction<Severity> dropped;
    private volatile CommonFields common = CommonFields.NONE;
    private volatile long heartbeatNanos = Long.MAX_VALUE;
    private long lastHeartbeat = System.nanoTime();
    private long lastDrops = lastHeartbeat - DROPS_EVERY_NANOS;
    private long toldDrops;

    Reports(LogTotals totals, ToLongFunction<Severity> dropped) {
        this.totals = totals;
        this.dropped = dropped;
    }

    /** A heartbeat this often, none when it is zero. Called from any thread. */
    void configure(CommonFields common, Duration heartbeat) {
        this.common = common;
        heartbeatNanos = heartbeat.isZero() ? Long.MAX_VALUE : heartbeat.toNanos();
    }

    /** How long the writer may sleep. */
    long nanosUntilDue() {
        long untilHeartbeat = heartbeatNanos - (System.nanoTime() - lastHeartbeat);
        return Math.max(1, Math.min(untilHeartbeat, DROPS_EVERY_NANOS));
    }

    /** The lines that are due. */
    List<Line> due() {
        long now = System.nanoTime();
        boolean drops = now - lastDrops >= DROPS_EVERY_NANOS && allDropped() > toldDrops;
        boolean heartbeat = now - lastHeartbeat >= heartbeatNanos;
        if (!drops && !heartbeat) {
            return List.of();
        }
        List<Line> due = new ArrayList<>();
        if (drops) {
            lastDrops = now;
            due.add(drops());
        }
        if (heartbeat) {
            lastHeartbeat = now;
            due.add(heartbeat());
        }
        return due;
    }

    private Line drops() {
        long all = allDropped();
        Fields fields = fields("log_dropped");
        add(fields, "dropped", all - toldDrops);
        addDropped(fields);
        toldDrops = all;
        return line(Severity.WARN, "Lines were dropped: standard output took them too slowly", fields);
    }

    private Line heartbeat() {
        Fields fields = fields("log_heartbeat");
        add(fields, "lines", totals.lines() + 1); // and this one
        add(fields, "bytes", totals.bytes());
        addDropped(fields);
        add(fields, "failed", totals.failed());
        add(fields, "truncated", totals.truncated());
        add(fields, "renamed", totals.renamed());
        add(fields, "replaced", totals.replaced());
        return line(Severity.INFO, "Logging since the process began", fields);
    }

    private void addDropped(Fields fields) {
        add(fields, "dropped_total", allDropped());
        add(fields, "dropped_warn", dropped.applyAsLong(Severity.WARN));
        add(fields, "dropped_error", dropped.applyAsLong(Severity.ERROR));
    }

    private long allDropped() {
        long all = 0;
        for (Severity level : Severity.values()) {
            all += dropped.applyAsLong(level);
        }
        return all;
    }

    private Fields fields(String event) {
        Fields fields = Fields.builder(10);
        fields.add("event", event, common);
        return fields;
    }

    private void add(Fields fields, String name, long value) {
        fields.add(name, value, common);
    }

    private Line line(Severity level, String msg, Fields fields) {
        Instant now = Instant.now();
        String thread = Thread.currentThread().getName();
        return new Line(
                now.getEpochSecond(),
                now.getNano(),
                level,
                LOGGER,
                thread,
                msg,
                null,
                null,
                null,
                common,
                fields,
                null,
                false);
    }
}
