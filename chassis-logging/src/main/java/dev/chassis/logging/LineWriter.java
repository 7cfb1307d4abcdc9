package dev.chassis.logging;

import dev.chassis.time.Deadline;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The one thread that encodes lines and writes them, as many as are there with one write. A platform thread, so that no virtual thread
 * waits for another's carrier, and a daemon, so that it never keeps a process alive.
 *
 * <p>Owned by the writer thread: {@code encoder}, {@code batch}, {@code linesInBatch}, {@code failing}. Everything else is immutable or thread-safe. A stream that fails
 * costs the lines of that write and is told once on standard error; the next batch tries again, so nothing loops and nobody waits.
 */
final class LineWriter implements Runnable {

    private static final int QUEUE_WEIGHT = 16 * 1024 * 1024;
    private static final int RESERVE = 8 * 1024 * 1024;
    private static final int KEPT_CAPACITY = 4096;

    private final LineQueue queue = new LineQueue(QUEUE_WEIGHT, RESERVE, EventLoops::isCurrentThreadOne);
    private final OutputStream out;
    private final LineEncoder encoder;
    private final LogTotals totals;
    private final Reports reports;
    private final BatchBuffer batch = new BatchBuffer();
    private int linesInBatch;
    private boolean failing;

    LineWriter(OutputStream out, LineEncoder encoder, LogTotals totals) {
        this.out = out;
        this.encoder = encoder;
        this.totals = totals;
        this.reports = new Reports(totals, queue::dropped);
    }

    static LineWriter start(OutputStream out, LineEncoder encoder, LogTotals totals) {
        LineWriter writer = new LineWriter(out, encoder, totals);
        Thread thread = new Thread(writer, "log-writer");
        thread.setDaemon(true);
        thread.start();
        return writer;
    }

    /** What is told about the lines; to be configured. */
    Reports reports() {
        return reports;
    }

    /** What waits to be written. */
    LineQueue queue() {
        return queue;
    }

    /** Hands over a line. */
    void add(Line line) {
        queue.add(line);
    }

    /** Back to handing over without waiting. */
    void resume() {
        queue.synchronous(false);
    }

    /** Waits until all lines so far are written or the deadline has passed; later lines are waited for by those who log them. */
    void flush(Deadline deadline) {
        queue.synchronous(true);
        queue.awaitWritten(deadline);
    }

    /** Waits until all lines so far are written or the deadline has passed. */
    void await(Deadline deadline) {
        queue.awaitWritten(deadline);
    }

    @Override
    public void run() {
        List<Line> spare = new ArrayList<>();
        while (true) {
            List<Line> lines = queue.take(spare, reports.nanosUntilDue());
            try {
                write(lines);
                write(reports.due());
            } catch (Throwable failure) {
                batch.clear(); // not even memory to complain with; without this thread every caller would wait for ever
            } finally {
                queue.written();
            }
            spare = recycled(lines);
        }
    }

    private void write(List<Line> lines) {
        for (Line line : lines) {
            encode(line);
            if (batch.isFull()) {
                writeBatch();
            }
        }
        writeBatch();
    }

    private void encode(Line line) {
        int start = batch.size;
        try {
            if (line.raw()) {
                batch.append(line.msg().getBytes(StandardCharsets.US_ASCII));
                batch.write('\n');
                totals.wrote(line, batch.size - start, false);
            } else {
                encoder.encode(line, batch);
            }
            linesInBatch++;
        } catch (Throwable e) { // also an Error: this thread must live, and the other lines are good
            batch.truncate(start);
            totals.failed(1);
            complain("a line of " + line.logger() + " could not be encoded: " + e);
        }
    }

    private void writeBatch() {
        if (batch.size == 0) {
            return; // nothing was tried, so nothing has got better
        }
        try {
            batch.writeTo(out);
            failing = false;
        } catch (Throwable e) {
            totals.failed(linesInBatch);
            if (!failing) {
                failing = true;
                complain("standard output cannot be written, lines are being lost: " + e);
            }
        } finally {
            batch.clear();
            linesInBatch = 0;
        }
    }

    /** The last resort: whatever is wrong with logging cannot be logged. */
    private static void complain(String what) {
        System.err.println("chassis-logging: " + what);
    }

    private static List<Line> recycled(List<Line> lines) {
        if (lines.size() > KEPT_CAPACITY) {
            return new ArrayList<>();
        }
        lines.clear();
        return lines;
    }
}
