package dev.chassis.logging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Collects encoded lines until one write is worth its system call. Used by one thread. */
final class BatchBuffer extends ByteArrayOutputStream {

    /** What a Linux pipe holds by default; a longer write would be split anyway. */
    static final int TARGET = 64 * 1024;

    private static final int KEPT = 2 * TARGET;

    BatchBuffer() {
        super(8 * 1024);
    }

    boolean isFull() {
        return count >= TARGET;
    }

    /** Forgets everything after the first {@code size} bytes. */
    void truncate(int size) {
        count = size;
    }

    /** Writes all, in one call. */
    @Override
    public void writeTo(OutputStream out) throws IOException {
        if (count > 0) {
            out.write(buf, 0, count);
            out.flush();
        }
    }

    /** Forgets everything, and the memory of an unusually long line, too. */
    void clear() {
        if (buf.length > KEPT) {
            buf = new byte[TARGET];
        }
        count = 0;
    }
}
