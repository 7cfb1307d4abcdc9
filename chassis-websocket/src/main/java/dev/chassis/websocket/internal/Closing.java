package dev.chassis.websocket.internal;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The end of a connection on the wire (RFC 6455, section 7.1). Nothing is kept or scheduled for it before it comes. Loop-only. */
final class Closing {

    private Closing() {}

    /** Sends a close frame; the channel closes when time is up, if it has not before. */
    static ChannelFuture send(ChannelHandlerContext ctx, int code, String reason, ProtocolSettings settings) {
        ChannelFuture sent = ctx.writeAndFlush(Frames.close(ctx.alloc(), code, reason));
        limit(ctx, settings);
        return sent;
    }

    /** Answers a close frame; the channel closes when that is written: the first to do so should be the server. */
    static void answer(ChannelHandlerContext ctx, int code, ProtocolSettings settings) {
        send(ctx, code, "", settings).addListener(ChannelFutureListener.CLOSE);
    }

    /**
     * Sends a close frame and the end of the stream to a peer that may go on sending. What it sends is still read, because closing with
     * unread input resets the connection and may take the close frame with it.
     */
    static void fail(ChannelHandlerContext ctx, Violation violation, ProtocolSettings settings) {
        ChannelFuture sent = send(ctx, violation.code(), violation.reason(), settings);
        boolean plain = ctx.pipeline().first() == ctx.handler(); // TLS has an end of its own
        if (plain && ctx.channel() instanceof DuplexChannel channel) {
            sent.addListener(written -> channel.shutdownOutput());
        }
    }

    private static void limit(ChannelHandlerContext ctx, ProtocolSettings settings) {
        Future<?> timer =
                ctx.executor().schedule(() -> ctx.close(), settings.closeTimeoutNanos(), TimeUnit.NANOSECONDS);
        ctx.channel().closeFuture().addListener(closed -> timer.cancel(false));
    }
}
