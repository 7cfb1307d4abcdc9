package dev.chassis.http.internal;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The body of the request that is coming in on a connection: collected whole, or streamed to the worker that reads it.
 *
 * <p>Loop-only, except what a {@link BodyStream.Valve} is asked. Invariants:
 *
 * <ul>
 *   <li>I1: at most one of {@code whole} and {@code stream} is set, and both belong to the request between {@link #begin} and {@link #over}.
 *   <li>I2: 100 Continue is sent at most once, and never when the body is already there or the answer has begun (RFC 9110, section 10.1.1).
 * </ul>
 */
final class Intake implements BodyStream.Valve {

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ChannelHandlerContext ctx;
    private final Output output;
    private final long timeoutNanos;
    private @Nullable BodyBuffer whole;
    private @Nullable BodyStream stream;
    private boolean complete = true;
    private boolean continueOwed;

    Intake(ChannelHandlerContext ctx, Output output, long timeoutNanos) {
        this.ctx = ctx;
        this.output = output;
        this.timeoutNanos = timeoutNanos;
    }

    /** A request has arrived, its body has not. */
    void begin() {
        complete = false;
    }

    /** Streams the body to whoever reads this; a client that waits for leave to send gets it with the first read. */
    InputStream stream(boolean expectsContinue) {
        BodyStream made = new BodyStream(this, timeoutNanos);
        stream = made;
        continueOwed = expectsContinue;
        return made;
    }

    /** Collects the body; a client that waits for leave to send gets it now. */
    void collect(long announced, long maxBytes, boolean expectsContinue) {
        whole = new BodyBuffer(announced, maxBytes);
        if (expectsContinue) {
            output.write(Unpooled.wrappedBuffer(CONTINUE));
        }
    }

    /**
     * Takes a piece in; the caller still releases it.
     *
     * @return false if the piece is broken, which the reader of the stream has been told
     * @throws Refusal 400 if a collected one is broken, 413 if it becomes too long
     */
    boolean add(HttpContent piece) {
        if (piece.decoderResult().isFailure()) {
            if (stream == null) {
                throw Refusal.malformed("The body is not well-formed.");
            }
            stream.fail("the body is not well-formed");
            return false;
        }
        if (stream != null) {
            stream.add(piece.content().retain());
        } else if (whole != null) {
            whole.add(piece.content());
        }
        return true;
    }

    /** That was the last piece. */
    void end() {
        complete = true;
        if (stream != null) {
            stream.end();
        }
    }

    /** Whether the last piece is there. */
    boolean isComplete() {
        return complete;
    }

    boolean isStreamed() {
        return stream != null;
    }

    /** What was collected, once; empty if there was nothing to collect. */
    byte[] take() {
        byte[] bytes = whole == null ? BodyBuffer.EMPTY : whole.bytes();
        whole = null;
        return bytes;
    }

    /** No more will come. */
    void fail(String why) {
        if (stream != null && !complete) {
            stream.fail(why);
        }
    }

    /** The answer has begun (I2). */
    void answered() {
        continueOwed = false;
    }

    /** The request is over, and whatever is left of its body. */
    void over() {
        if (stream != null) {
            stream.close();
            stream = null;
        }
        whole = null;
        continueOwed = false;
    }

    @Override
    public void wanted() {
        ctx.channel().eventLoop().execute(() -> {
            if (continueOwed && !complete) {
                continueOwed = false;
                output.write(Unpooled.wrappedBuffer(CONTINUE));
                output.flush();
            }
        });
    }

    @Override
    public void turn() {
        if (ctx.channel().eventLoop().inEventLoop()) {
            turnValve();
            return;
        }
        try {
            ctx.channel().eventLoop().execute(this::turnValve);
        } catch (RejectedExecutionException stopped) {
            // The server has stopped, and there is no socket any more to read from.
        }
    }

    private void turnValve() {
        ctx.channel().config().setAutoRead(stream == null || !stream.isShut());
    }
}
