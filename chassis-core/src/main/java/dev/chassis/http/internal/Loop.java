package dev.chassis.http.internal;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the connections of one event loop share. Time-outs are fields of the connections, looked at by one sweep per loop, so that a request
 * schedules nothing. Loop-only, except {@link #lastRequestNanos}.
 */
final class Loop {

    private static final long SWEEP_MILLIS = 50;
    private static final long DATE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int LAST_STATUS = 599;
    private static final Connection[] NONE = {};

    private final EventLoop executor;
    private final HttpMeters.Recorder recorder;
    private final Set<Connection> connections = new HashSet<>();
    private final byte[] @Nullable [] statusLines = new byte[LAST_STATUS + 1][];
    private final AtomicLong lastRequestNanos = new AtomicLong();
    private byte[] date = {};
    private long dateNanos;
    private @Nullable ScheduledFuture<?> sweep;

    Loop(EventLoop executor, HttpMeters meters) {
        this.executor = executor;
        this.recorder = meters.recorder();
    }

    EventLoop executor() {
        return executor;
    }

    HttpMeters.Recorder recorder() {
        return recorder;
    }

    void add(Connection connection) {
        connections.add(connection);
        if (sweep == null) {
            sweep = executor.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    void remove(Connection connection) {
        connections.remove(connection);
        if (connections.isEmpty() && sweep != null) {
            sweep.cancel(false);
            sweep = null;
        }
    }

    /** The connections as they are now; they may come and go while the caller looks at them. */
    Connection[] connections() {
        return connections.toArray(NONE);
    }

    void requestArrived(long now) {
        lastRequestNanos.lazySet(now == 0 ? 1 : now);
    }

    /** When the last request arrived, 0 for never. Any thread. */
    long lastRequestNanos() {
        return lastRequestNanos.get();
    }

    /** {@code date: Mon, 23 Nov 2026 10:00:00 GMT} with its line end (RFC 9110, section 6.6.1); at most half a second behind. */
    byte[] date(long now) {
        if (date.length == 0 || now - dateNanos > DATE_NANOS) {
            dateNanos = now;
            date = ascii("date: " + DateFormatter.format(new Date()) + "\r\n");
        }
        return date;
    }

    byte[] statusLine(int status) {
        byte[] line = statusLines[status];
        if (line == null) {
            String reason = HttpResponseStatus.valueOf(status).reasonPhrase();
            line = ascii("HTTP/1.1 " + status + " " + reason + "\r\n");
            statusLines[status] = line;
        }
        return line;
    }

    private void sweep() {
        long now = System.nanoTime();
        for (Connection connection : connections()) {
            connection.checkTime(now);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
