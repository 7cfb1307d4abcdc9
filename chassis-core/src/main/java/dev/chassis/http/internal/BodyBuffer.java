package dev.chassis.http.internal;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Collects a body of limited length. Loop-only. It trusts an announced length only up to one chunk, so that a promise costs nothing. */
final class BodyBuffer {

    static final byte[] EMPTY = {};

    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private final long maxBytes;
    private byte[] bytes;
    private int length;

    BodyBuffer(long announced, long maxBytes) {
        this.maxBytes = maxBytes;
        this.bytes = new byte[(int) (announced > 0 ? Math.min(announced, Limits.CHUNK_BYTES) : 1024)];
    }

    /**
     * Adds a piece.
     *
     * @throws Refusal 413 beyond the limit
     */
    void add(ByteBuf piece) {
        int more = piece.readableBytes();
        long total = (long) length + more;
        if (total > maxBytes || total > MAX_ARRAY) {
            throw Refusal.tooLarge(maxBytes);
        }
        if (total > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int)
                    Math.max(total, Math.min(2L * bytes.length, Math.min(maxBytes, MAX_ARRAY))));
        }
        piece.readBytes(bytes, length, more);
        length += more;
    }

    byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
