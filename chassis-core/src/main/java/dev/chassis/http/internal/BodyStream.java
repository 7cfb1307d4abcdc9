package dev.chassis.http.internal;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way from the event loop, which adds, to one worker, which reads and blocks.
 *
 * <ul>
 *   <li>I1: the bytes kept are at most {@link #HIGH} plus what one read of the socket brings, because the valve closes there.
 *   <li>I2: the valve opens again when {@link #LOW} bytes are left. Only the loop turns it, outside the lock, to what {@code shut} says at
 *       that moment; two turns that were ordered one way and carried out the other would leave it shut for ever.
 *   <li>I3: a piece belongs to this stream from {@link #add} until it is read or the stream is closed; then it is released.
 * </ul>
 */
final class BodyStream extends InputStream {

    static final int HIGH = 64 * 1024;
    static final int LOW = 16 * 1024;

    /** What a body stream asks of its connection; called on any thread. */
    interface Valve {

        /** The worker wants the first byte: the time for 100 Continue. */
        void wanted();

        /** Whether the socket should be read may have changed: the loop is to ask {@link #isShut}. */
        void turn();
    }

    private final Valve valve;
    private final long timeoutNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<ByteBuf> pieces = new ArrayDeque<>(); // guarded by lock
    private int kept; // guarded by lock
    private boolean shut; // guarded by lock: the valve
    private boolean ended; // guarded by lock
    private boolean closed; // guarded by lock
    private @Nullable String failure; // guarded by lock
    private boolean asked; // worker only

    BodyStream(Valve valve, long timeoutNanos) {
        this.valve = valve;
        this.timeoutNanos = timeoutNanos;
    }

    /** Loop: takes over a piece. */
    void add(ByteBuf piece) {
        boolean close = false;
        lock.lock();
        try {
            if (closed || !piece.isReadable()) {
                piece.release();
                return;
            }
            pieces.add(piece);
            kept += piece.readableBytes();
            if (kept > HIGH && !shut) {
                shut = true;
                close = true;
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
        if (close) {
            valve.turn(); // I2
        }
    }

    /** Whether enough is kept for now. */
    boolean isShut() {
        lock.lock();
        try {
            return shut;
        } finally {
            lock.unlock();
        }
    }

    /** Loop: that was all. */
    void end() {
        settle(null);
    }

    /** Any thread: no more will come. */
    void fail(String why) {
        settle(why);
    }

    private void settle(@Nullable String why) {
        lock.lock();
        try {
            if (!ended && failure == null) {
                ended = why == null;
                failure = why;
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!asked) {
            asked = true;
            valve.wanted();
        }
        boolean open = false;
        lock.lock();
        try {
            if (!await()) {
                return -1;
            }
            int count = take(target, offset, length);
            open = shut && kept <= LOW;
            shut &= !open;
            return count;
        } finally {
            lock.unlock();
            if (open) {
                valve.turn(); // I2
            }
        }
    }

    @Override
    public int available() {
        lock.lock();
        try {
            return kept;
        } finally {
            lock.unlock();
        }
    }

    /** The worker wants no more. */
    @Override
    public void close() {
        boolean open;
        lock.lock();
        try {
            closed = true;
            open = shut;
            shut = false;
            kept = 0;
            pieces.forEach(ByteBuf::release); // I3
            pieces.clear();
        } finally {
            lock.unlock();
        }
        if (open) {
            valve.turn(); // I2
        }
    }

    /** Waits for a piece; false at the end. */
    private boolean await() throws IOException {
        long left = timeoutNanos;
        while (pieces.isEmpty()) {
            if (closed) {
                throw new IOException("the body is closed");
            }
            if (failure != null) {
                throw new IOException(failure);
            }
            if (ended) {
                return false;
            }
            if (left <= 0) {
                throw new IOException("the client sent nothing for " + TimeUnit.NANOSECONDS.toMillis(timeoutNanos)
                        + " ms (chassis.http.body-timeout)");
            }
            left = awaitChange(left);
        }
        return true;
    }

    private long awaitChange(long nanos) throws InterruptedIOException {
        try {
            return changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the body");
        }
    }

    private int take(byte[] target, int offset, int length) {
        ByteBuf piece = pieces.element();
        int count = Math.min(length, piece.readableBytes());
        piece.readBytes(target, offset, count);
        kept -= count;
        if (!piece.isReadable()) {
            pieces.remove().release(); // I3
        }
        return count;
    }
}
