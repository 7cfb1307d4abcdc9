package dev.chassis.websocket.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The compressors and decompressors of an endpoint. No connection has one of its own: both directions go without context takeover (RFC
 * 7692, section 7.1.1), so each message borrows one. Thread-safe.
 *
 * <p>I1: a borrowed one is used by one thread at a time, and comes back reset or not at all. I2: at most {@code idle} of each kind lie
 * here, after {@link #close} none.
 */
public final class DeflatePool implements AutoCloseable {

    /** What the end of a flushed block looks like; left out on the wire (RFC 7692, section 7.2.1). */
    private static final int TAIL_BYTES = 4;

    private final int idle;
    private final Deque<Inflater> inflaters = new ArrayDeque<>(); // guarded by this
    private final Deque<Deflater> deflaters = new ArrayDeque<>(); // guarded by this
    private boolean closed; // guarded by this

    /** A pool that keeps up to this many of each kind, some 40 and 270 KB each. */
    public DeflatePool(int idle) {
        this.idle = idle;
    }

    Inflater borrowInflater() {
        Inflater inflater;
        synchronized (this) {
            inflater = inflaters.poll();
        }
        return inflater == null ? new Inflater(true) : inflater;
    }

    void giveBack(Inflater inflater) {
        inflater.reset();
        synchronized (this) {
            if (!closed && inflaters.size() < idle) {
                inflaters.push(inflater);
                return;
            }
        }
        inflater.end();
    }

    /**
     * Compresses a message.
     *
     * @return how many bytes of {@code out} it takes, -1 if they do not suffice
     */
    int deflate(byte[] in, int from, byte[] out) {
        Deflater deflater = borrowDeflater();
        try {
            deflater.setInput(in, from, in.length - from);
            int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
            return length < out.length ? length - TAIL_BYTES : -1;
        } finally {
            giveBack(deflater);
        }
    }

    private Deflater borrowDeflater() {
        Deflater deflater;
        synchronized (this) {
            deflater = deflaters.poll();
        }
        return deflater == null ? new Deflater(Deflater.DEFAULT_COMPRESSION, true) : deflater;
    }

    private void giveBack(Deflater deflater) {
        deflater.reset();
        synchronized (this) {
            if (!closed && deflaters.size() < idle) {
                deflaters.push(deflater);
                return;
            }
        }
        deflater.end();
    }

    /** Ends those that lie here; what is borrowed ends when it comes back. */
    @Override
    public synchronized void close() {
        closed = true;
        inflaters.forEach(Inflater::end);
        inflaters.clear();
        deflaters.forEach(Deflater::end);
        deflaters.clear();
    }
}
