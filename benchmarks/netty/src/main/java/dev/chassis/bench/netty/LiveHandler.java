package dev.chassis.bench.netty;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Every session hears every broadcast. {@code burst 20 128} has a thread of its own tell 20 messages of 128 bytes, as a consumer would. */
@Sharable
final class LiveHandler extends ChannelInboundHandlerAdapter {
    private final Broadcast broadcast;
    private final ExecutorService publisher = Executors.newSingleThreadExecutor();

    LiveHandler(Broadcast broadcast) {
        this.broadcast = broadcast;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof HandshakeComplete) {
            context.pipeline().remove("hello");
            broadcast.add(context.channel());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof TextWebSocketFrame frame) {
            String[] order = frame.text().split(" ");
            publisher.execute(() -> publish(Integer.parseInt(order[1]), Integer.parseInt(order[2])));
            frame.release();
        } else if (context.pipeline().get("hello") != null) {
            context.fireChannelRead(message);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void publish(int count, int size) {
        for (int i = 0; i < count; i++) {
            broadcast.tell("x".repeat(size));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        broadcast.remove(context.channel());
    }
}
