package dev.chassis.logging;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects encoded lines until one write is worth its system call. Used by one thread at a time. */
final class BatchBuffer extends OutputStream {

    /** What a Linux pipe holds by default; a longer write would be split anyway. */
    static final int TARGET = 64 * 1024;

    private static final int KEPT = 2 * TARGET;

    /** Open to the loops that encode; what counts is before {@link #size}. */
    byte[] bytes = new byte[8 * 1024];

    /** Bytes in use. */
    int size;

    boolean isFull() {
        return size >= TARGET;
    }

    /** Makes room for that many bytes more. */
    void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }

    @Override
    public void write(int b) {
        reserve(1);
        bytes[size++] = (byte) b;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        reserve(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    /** Appends all of it. */
    void append(byte[] from) {
        write(from, 0, from.length);
    }

    /** Forgets everything after the first {@code length} bytes. */
    void truncate(int length) {
        size = length;
    }

    /** Writes all, in one call. */
    void writeTo(OutputStream out) throws IOException {
        if (size > 0) {
            out.write(bytes, 0, size);
            out.flush();
        }
    }

    /** Forgets everything, and the memory of an unusually long line, too. */
    void clear() {
        if (bytes.length > KEPT) {
            bytes = new byte[TARGET];
        }
        size = 0;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }
}
