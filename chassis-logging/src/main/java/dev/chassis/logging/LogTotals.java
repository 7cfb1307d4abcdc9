package dev.chassis.logging;

import java.util.concurrent.atomic.AtomicLong;

/** What has been written since the process began. The writer thread counts; everybody may read. */
final class LogTotals {

    private final AtomicLong seq = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong truncated = new AtomicLong();
    private final AtomicLong renamed = new AtomicLong();
    private final AtomicLong replaced = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    /** The number of the next line, in the order they are written: a gap in what arrived is a line that was lost on the way. */
    long nextSeq() {
        long next = seq.getPlain() + 1;
        seq.setRelease(next);
        return next;
    }

    void wrote(Line line, int length, boolean cut) {
        add(bytes, length);
        add(truncated, cut ? 1 : 0);
        add(renamed, line.fields().renamed());
        add(replaced, line.fields().replaced());
    }

    /** Lines that could not be encoded, or not be written. */
    void failed(int lines) {
        add(failed, lines);
    }

    long lines() {
        return seq.get();
    }

    long bytes() {
        return bytes.get();
    }

    long truncated() {
        return truncated.get();
    }

    long renamed() {
        return renamed.get();
    }

    long replaced() {
        return replaced.get();
    }

    long failed() {
        return failed.get();
    }

    private static void add(AtomicLong counter, int more) {
        if (more != 0) {
            counter.setRelease(counter.getPlain() + more);
        }
    }
}
