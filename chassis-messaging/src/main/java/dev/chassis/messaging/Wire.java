package dev.chassis.messaging;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.WriteListener;
import com.rabbitmq.client.impl.AMQConnection;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.SocketFrameHandler;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The socket under a connection: knows when a write hangs, can be cut from outside, and sends many small frames in one piece.
 *
 * <p>A blocking socket has no time-out for writes, and closing the connection waits for the very write that hangs
 * (rabbitmq/rabbitmq-java-client#994). So {@link #cut} closes the TCP socket itself, under TLS and past every lock; the write then fails at
 * once.
 *
 * <p>Thread-safe.
 *
 * <ul>
 *   <li>I1: {@code progress} is odd exactly while a thread is inside a write or a flush; {@code writing} guards it.
 *   <li>I2: what is written while corked is flushed at the latest by {@link #uncork}; frames of other threads are flushed by themselves.
 * </ul>
 */
final class Wire extends SocketFrameHandler {

    /** The default of the client. */
    private static final int MAX_INBOUND_BODY = 64 * 1024 * 1024;

    private final BurstSocket tcp;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile long progress;
    private volatile @Nullable Thread corked;
    private long hungAt; // this and the next: the thread that watches
    private long hungSince;

    /**
     * @param socket what is read from and written to
     * @param tcp the socket below it; the same without TLS
     */
    Wire(Socket socket, BurstSocket tcp) throws IOException {
        super(socket, null, MAX_INBOUND_BODY);
        this.tcp = tcp;
    }

    /** The wire under a connection that a {@link Dialler} has opened. */
    static Wire of(Connection connection) {
        return (Wire) ((AMQConnection) connection).getFrameHandler();
    }

    @Override
    public void writeFrame(Frame frame) throws IOException {
        writing.lock();
        try {
            begin();
            super.writeFrame(frame);
        } finally {
            end();
        }
    }

    @Override
    public void flush(@Nullable WriteListener listener) throws IOException {
        if (Thread.currentThread() == corked) {
            if (listener != null) {
                listener.done(true, null);
            }
            return;
        }
        writing.lock();
        try {
            begin();
            super.flush(listener);
        } finally {
            end();
        }
    }

    @Override
    public Frame readFrame() throws IOException {
        tcp.burst().readHere();
        return super.readFrame();
    }

    /** From now on flushes of the calling thread wait for {@link #uncork}. Two threads may do so; then it saves less. */
    void cork() {
        corked = Thread.currentThread();
    }

    /**
     * Sends what was written since {@link #cork}.
     *
     * @throws IOException if it cannot be sent; whether any of it was is not known
     */
    void uncork() throws IOException {
        corked = null;
        flush(null);
    }

    /** How long ago the broker was last heard, in nanoseconds: with heartbeats, never long. */
    long silentNanos() {
        return tcp.silentNanos();
    }

    /**
     * How long one and the same write has been under way, in nanoseconds, as far as earlier calls can tell. Called by one thread only.
     *
     * @param excused whether it may, because the broker has said that it does not read; the time up to now does not count
     */
    long hungNanos(boolean excused) {
        long now = System.nanoTime();
        long seen = progress;
        if (excused || (seen & 1) == 0 || seen != hungAt) {
            hungAt = seen;
            hungSince = now;
        }
        return now - hungSince;
    }

    /** Ends the TCP connection with a reset. Never blocks; whoever reads or writes fails. Idempotent. */
    void cut() {
        try {
            tcp.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already; closing it again does nothing.
        }
        Sockets.close(tcp);
    }

    /** Closes as the client does, unless a write is under way: the client would wait for it. */
    @Override
    public void close() {
        if (writing.isLocked() && !writing.isHeldByCurrentThread()) {
            cut();
        } else {
            super.close();
        }
    }

    private void begin() {
        progress = progress + 1; // I1
    }

    private void end() {
        progress = progress + 1;
        writing.unlock();
    }
}
