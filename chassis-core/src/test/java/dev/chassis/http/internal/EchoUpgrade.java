package dev.chassis.http.internal;

import dev.chassis.http.upgrade.Upgrade;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes over as many connections as allowed and sends back what comes. */
final class EchoUpgrade implements Upgrade {

    final AtomicInteger taken = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    private final int most;

    EchoUpgrade(int most) {
        this.most = most;
    }

    @Override
    public boolean claim() {
        return taken.get() < most;
    }

    @Override
    public void take(Channel channel) {
        taken.incrementAndGet();
        open.incrementAndGet();
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ctx.writeAndFlush(message);
            }
        });
    }
}
