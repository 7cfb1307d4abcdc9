package dev.chassis.http.internal;

import dev.chassis.lifecycle.Workers;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the connections of one event loop share. Time-outs are fields of the connections, looked at by one sweep per loop, so that a request
 * schedules nothing. Loop-only, except {@link #lastRequestNanos} and {@link #handOver}.
 */
final class Loop {

    private static final long SWEEP_MILLIS = 50;
    private static final long DATE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int LAST_STATUS = 599;
    private static final Connection[] NONE = {};

    private final EventLoop executor;
    private final HttpMeters.Recorder recorder;
    private final AccessLog accessLog;
    private final Set<Connection> connections = new HashSet<>();
    private final byte[] @Nullable [] firstLines = new byte[LAST_STATUS + 1][];
    private List<Handling> beginning = new ArrayList<>();
    private final Queue<Runnable> steps = new ConcurrentLinkedQueue<>(); // any thread
    private final AtomicBoolean waking = new AtomicBoolean(); // any thread
    private final HandlerPace pace = new HandlerPace(); // any thread
    private final AtomicLong lastRequestNanos = new AtomicLong();
    private final HeadBytes head = new HeadBytes();
    private final SpareBuffer answers =
            new SpareBuffer(ByteBufAllocator::directBuffer); // which the kernel reads without a copy
    private final SpareBuffer heads = new SpareBuffer(ByteBufAllocator::heapBuffer);
    private String date = "";
    private long dateNanos;
    private @Nullable ScheduledFuture<?> sweep;

    Loop(EventLoop executor, HttpMeters meters, AccessLog accessLog) {
        this.accessLog = accessLog;
        this.executor = executor;
        this.recorder = meters.recorder();
    }

    EventLoop executor() {
        return executor;
    }

    HttpMeters.Recorder recorder() {
        return recorder;
    }

    AccessLog accessLog() {
        return accessLog;
    }

    /** Where heads are put together, one at a time. */
    HeadBytes head() {
        return head;
    }

    /** What answers are written into. */
    SpareBuffer answers() {
        return answers;
    }

    /** What heads of requests are read from. */
    SpareBuffer heads() {
        return heads;
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
            answers.release();
            heads.release();
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

    /**
     * What every answer of this status begins with: status line, {@code date} (RFC 9110, section 6.6.1; at most half a second behind) and the
     * name of the correlation header, which its value must follow.
     */
    byte[] firstLines(int status, long now) {
        if (date.isEmpty() || now - dateNanos > DATE_NANOS) {
            dateNanos = now;
            date = HttpDate.of(System.currentTimeMillis());
            Arrays.fill(firstLines, null);
        }
        byte[] lines = firstLines[status];
        if (lines == null) {
            String reason = HttpResponseStatus.valueOf(status).reasonPhrase();
            lines = ascii("HTTP/1.1 " + status + " " + reason + "\r\ndate: " + date + "\r\nx-correlation-id: ");
            firstLines[status] = lines;
        }
        return lines;
    }

    /** Begins an admitted handling when this turn of the loop has read what else was there, together with what that has brought. */
    void begin(Handling admitted, ServerState server) {
        beginning.add(admitted);
        if (beginning.size() == 1) {
            executor.execute(() -> beginAll(server));
        }
    }

    private void beginAll(ServerState server) {
        List<Handling> admitted = beginning;
        beginning = new ArrayList<>();
        server.begin(admitted);
    }

    /**
     * Runs a step of a worker's on this loop. Any thread. Waking a loop that sleeps costs a system call and a change of threads, so with
     * virtual threads, while handlers are quick, the waking is itself a task that goes behind those which are ready to run now: what they
     * finish meanwhile comes with one waking. After a slow one the loop is woken at once, and should one that is never done be in the way,
     * the sweep finds what waits.
     *
     * @param beganNanos when the handler began
     * @throws RejectedExecutionException if the loop has ended
     */
    void handOver(Runnable step, long beganNanos, Workers workers) {
        if (!workers.isVirtual()) {
            executor.execute(step);
            return;
        }
        steps.add(step);
        if (!pace.isQuickAfter(System.nanoTime() - beganNanos)) {
            executor.execute(this::takeOver);
        } else if (waking.compareAndSet(false, true)) {
            wakeBehind(workers);
        }
    }

    private void wakeBehind(Workers workers) {
        try {
            workers.execute(() -> executor.execute(this::takeOver));
        } catch (RejectedExecutionException stopped) {
            executor.execute(this::takeOver);
        }
    }

    /** The flag falls before the queue is looked at, so a step that comes too late for this look brings another one. */
    private void takeOver() {
        waking.set(false);
        for (Runnable step = steps.poll(); step != null; step = steps.poll()) {
            step.run();
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        for (Connection connection : connections()) {
            connection.checkTime(now);
        }
        if (!steps.isEmpty()) {
            executor.execute(this::takeOver);
        }
        answers.renew();
        heads.renew();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
