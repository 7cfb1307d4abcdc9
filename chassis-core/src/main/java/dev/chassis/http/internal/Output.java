package dev.chassis.http.internal;

import dev.chassis.http.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * The writing half of a connection. Loop-only.
 *
 * <ul>
 *   <li>I1: an answer longer than a chunk is copied to the socket chunk by chunk, only while the channel is writable.
 *   <li>I2: a counted request leaves {@code inFlight} when its last byte is with the kernel, or the channel is gone.
 *   <li>I3: bytes that wait and do not become fewer for the write time-out close the channel.
 * </ul>
 */
final class Output {

    private final ServerState server;
    private final Loop loop;
    private final ChannelHandlerContext ctx;
    private final @Nullable SslHandler tls;
    private byte @Nullable [] rest;
    private int restAt;
    private boolean restCounted;
    private int unsettled; // counted requests whose last byte has not been flushed
    private boolean dirty; // written since the last flush
    private long stuckBytes = -1;
    private long stuckSinceNanos;

    Output(ServerState server, Loop loop, ChannelHandlerContext ctx) {
        this.server = server;
        this.loop = loop;
        this.ctx = ctx;
        this.tls = ctx.pipeline().get(SslHandler.class);
    }

    /** Writes without flushing. Afterwards {@link #isFeeding} says whether some of it still waits for the channel. */
    void write(Response response, Answer answer, long now) {
        byte[] body = response.body() instanceof Response.Body.Bytes bytes ? bytes.bytes() : BodyBuffer.EMPTY;
        boolean empty = answer.withoutBody() || ResponseHead.hasNoBody(response.status());
        int inline = empty || body.length > Limits.CHUNK_BYTES ? 0 : body.length;
        long length = response.body() instanceof Response.Body.Stream ? streamed(answer) : body.length;
        HeadBytes head = ResponseHead.encode(loop, now, response, answer, length);
        ByteBuf out = loop.answers().take(ctx.alloc(), head.length() + inline);
        head.writeTo(out);
        out.writeBytes(body, 0, inline);
        write(out);
        if (!empty && inline < body.length) {
            rest = body;
            restAt = 0;
            restCounted = answer.counted();
            feed();
        } else if (answer.counted()) {
            unsettled++;
        }
    }

    /** Writes the head of a streamed answer and its first bytes, and flushes. */
    void start(Response response, Answer answer, ByteBuf first, ChannelPromise promise, long now) {
        HeadBytes head = ResponseHead.encode(loop, now, response, answer, streamed(answer));
        ByteBuf out = loop.answers().take(ctx.alloc(), head.length());
        head.writeTo(out);
        write(out);
        ctx.write(first, promise);
        flush();
    }

    /** Writes bytes as they are. */
    void write(ByteBuf bytes) {
        ctx.write(bytes, ctx.voidPromise());
        dirty = true;
    }

    /** One more request leaves {@code inFlight} with what has been written so far. */
    void settleWithNextFlush() {
        unsettled++;
    }

    boolean isFeeding() {
        return rest != null;
    }

    /** The channel takes more (I1). */
    void feed() {
        while (rest != null && ctx.channel().isWritable()) {
            int count = Math.min(Limits.CHUNK_BYTES, rest.length - restAt);
            write(ctx.alloc().directBuffer(count).writeBytes(rest, restAt, count));
            restAt += count;
            if (restAt == rest.length) {
                rest = null;
                unsettled += restCounted ? 1 : 0;
            }
        }
    }

    void flush() {
        if (dirty) {
            dirty = false;
            ctx.flush();
        }
        if (unsettled > 0) {
            settle();
        }
    }

    /** After the last answer: sends what is left, then FIN, and tells {@code done}. */
    void finish(Runnable done) {
        flush();
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> shutdownOutput(done));
    }

    /** The channel is gone. */
    void closed() {
        unsettled += rest != null && restCounted ? 1 : 0;
        rest = null;
        exit(unsettled);
        unsettled = 0;
    }

    /** Whether nothing has been taken for too long (I3). */
    boolean isStuck(long now, long timeoutNanos) {
        ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
        long waiting = buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
        if (waiting == 0 || waiting != stuckBytes) {
            stuckBytes = waiting;
            stuckSinceNanos = now;
        }
        return waiting > 0 && now - stuckSinceNanos > timeoutNanos;
    }

    private static long streamed(Answer answer) {
        return answer.http10() ? ResponseHead.UNTIL_CLOSE : ResponseHead.CHUNKED;
    }

    private void settle() {
        int count = unsettled;
        unsettled = 0;
        ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
        if (buffer == null || tls == null && buffer.isEmpty()) {
            exit(count); // I2
        } else {
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> exit(count));
        }
    }

    private void exit(int count) {
        for (int i = 0; i < count; i++) {
            server.inFlight().exit();
        }
    }

    private void shutdownOutput(Runnable done) {
        Channel channel = ctx.channel();
        if (!channel.isActive() || !(channel instanceof DuplexChannel duplex)) {
            done.run();
        } else if (tls == null) {
            duplex.shutdownOutput().addListener(sent -> done.run());
        } else {
            tls.closeOutbound().addListener(said -> duplex.shutdownOutput().addListener(sent -> done.run()));
        }
    }
}
