package dev.chassis.http.internal;

import dev.chassis.http.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A streamed answer on its way from one worker to the event loop.
 *
 * <ul>
 *   <li>I1: at most {@link #HIGH} bytes and one chunk are handed over and not yet with the kernel; the worker waits for room. That the
 *       wait ends is up to the connection, which fails the writes of a client that takes nothing for too long.
 *   <li>I2: nothing is sent before the first flush or full buffer, so that a short answer has a length and an early failure a status.
 *   <li>I3: an answer that fails after that ends without its last chunk, so that the client cannot take it for whole.
 *   <li>I4: a client is told when to come back only where everything written was followed by a flush, as it is between two events.
 *   <li>I5: an interruption reaches the writer only, never what its thread does next, because {@code writing} is set only meanwhile.
 * </ul>
 */
public final class ResponseStream extends OutputStream {

    static final int HIGH = 64 * 1024;

    /** A browser keeps to what it was told also when nobody answers, so that must not be too short. */
    private static final long FIRST_BACK_MILLIS = 1_000;

    private static final String GONE = "the client has gone, or takes nothing";
    private static final Logger LOG = LoggerFactory.getLogger(ResponseStream.class);

    private final Connection connection;
    private final Handling handling;
    private final Response response;
    private final boolean chunked;
    private final byte[] buffer = new byte[Limits.CHUNK_BYTES]; // worker only
    private int count; // worker only
    private boolean started; // worker only
    private boolean between = true; // worker only: nothing written since the last flush
    private boolean ended; // worker only
    private volatile boolean ending; // set once, by the drain or when the client goes
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Thread writing; // guarded by lock; only where a drain ends the answer
    private int pending; // guarded by lock
    private @Nullable Throwable failure; // guarded by lock

    ResponseStream(Connection connection, Handling handling, Response response) {
        this.connection = connection;
        this.handling = handling;
        this.response = response;
        this.chunked = !handling.exchange().head().http10();
    }

    /** Worker: writes the body and ends the answer. Never throws. */
    void run(Response.Body.Stream body) {
        Throwable broken = null;
        try {
            if (body.untilDrain()) {
                writeUntilDrain(body.writer());
            } else {
                body.writer().write(this);
            }
            if (ending && between) {
                byte[] comeBack = comeBack();
                append(comeBack, 0, comeBack.length); // I4
            }
            if (started) {
                emit();
            }
        } catch (Throwable e) {
            broken = e;
        }
        ended = true;
        end(broken);
    }

    /** Any thread: whether the answer is to end now, as it is. */
    public boolean isEnding() {
        return ending;
    }

    /** Any thread: the server drains, or the client has gone: nothing more is taken, and whatever the writer waits for is interrupted. */
    void leave() {
        ending = true;
        lock.lock();
        try {
            if (writing != null) {
                writing.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private void writeUntilDrain(Response.StreamWriter writer) throws IOException {
        writtenBy(Thread.currentThread());
        try {
            writer.write(this);
        } finally {
            writtenBy(null);
            Thread.interrupted(); // I5
        }
    }

    private void writtenBy(@Nullable Thread thread) {
        lock.lock();
        try {
            writing = thread;
            if (ending && thread != null) {
                thread.interrupt(); // told before it began
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        if (ended) {
            throw new IOException("the answer has ended");
        }
        if (ending) {
            throw new IOException("the client has gone, or the server is shutting down");
        }
        between = false;
        append(source, offset, length);
    }

    private void append(byte[] source, int offset, int length) throws IOException {
        int at = offset;
        for (int left = length; left > 0; ) {
            if (count == buffer.length) {
                emit();
            }
            int some = Math.min(left, buffer.length - count);
            System.arraycopy(source, at, buffer, count, some);
            count += some;
            at += some;
            left -= some;
        }
    }

    @Override
    public void flush() throws IOException {
        between = true;
        emit();
    }

    /** Each client at its own time, so that the other tasks see no herd (WHATWG HTML, section 9.2.6, {@code retry}). */
    private byte[] comeBack() {
        long spread = connection.limits().reconnectSpreadMillis();
        long millis = ThreadLocalRandom.current().nextLong(FIRST_BACK_MILLIS, spread + 1);
        return ("retry: " + millis + "\n\n").getBytes(StandardCharsets.US_ASCII);
    }

    private void end(@Nullable Throwable broken) {
        if (broken != null) {
            log(broken);
        }
        if (started) {
            handling.onLoopAfterWrites(() -> connection.ended(handling, response.status(), broken == null, chunked));
        } else {
            Response whole =
                    broken == null ? response.body(new Response.Body.Bytes(Arrays.copyOf(buffer, count))) : failed();
            handling.onLoop(() -> connection.answered(handling, whole)); // I2
        }
    }

    private Response failed() {
        RequestExchange exchange = handling.exchange();
        return exchange.endpoint().refuse(exchange, 500, "Something went wrong.");
    }

    private void log(Throwable broken) {
        if (broken instanceof IOException) {
            LOG.debug("A streamed answer ended early", broken);
        } else {
            LOG.error("A streamed answer failed", broken);
        }
    }

    private void emit() throws IOException {
        if (count == 0) {
            return;
        }
        Channel channel = connection.channel();
        awaitRoom();
        if (!channel.isActive()) {
            throw new IOException(GONE); // a loop that has stopped tells nobody any more
        }
        ByteBuf framed = frame(channel);
        int size = framed.readableBytes();
        ChannelPromise promise = channel.newPromise();
        promise.addListener(written -> written(size, written.cause()));
        handOver(channel, framed, promise);
        count = 0;
    }

    private void handOver(Channel channel, ByteBuf framed, ChannelPromise promise) throws IOException {
        try {
            if (started) {
                channel.writeAndFlush(framed, promise);
            } else {
                connection.loop().execute(() -> connection.start(handling, response, framed, promise));
                started = true;
            }
        } catch (RejectedExecutionException stopped) {
            framed.release();
            throw new IOException("the server has stopped", stopped);
        }
    }

    private ByteBuf frame(Channel channel) {
        ByteBuf framed = channel.alloc().directBuffer(count + 12);
        if (chunked) {
            framed.writeCharSequence(Integer.toHexString(count), StandardCharsets.US_ASCII);
            ByteBufUtil.writeShortBE(framed, '\r' << 8 | '\n');
        }
        framed.writeBytes(buffer, 0, count);
        if (chunked) {
            ByteBufUtil.writeShortBE(framed, '\r' << 8 | '\n');
        }
        lock.lock();
        try {
            pending += framed.readableBytes();
        } finally {
            lock.unlock();
        }
        return framed;
    }

    private void awaitRoom() throws IOException {
        lock.lock();
        try {
            while (pending > HIGH && failure == null) {
                changed.await(); // I1
            }
            if (failure != null) {
                throw new IOException(GONE, failure);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the client was slow");
        } finally {
            lock.unlock();
        }
    }

    private void written(int size, @Nullable Throwable cause) {
        lock.lock();
        try {
            pending -= size;
            failure = failure == null ? cause : failure;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
