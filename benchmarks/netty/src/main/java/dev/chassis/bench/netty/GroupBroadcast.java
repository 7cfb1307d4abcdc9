package dev.chassis.bench.netty;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.concurrent.GlobalEventExecutor;

/** What netty's own examples do. */
final class GroupBroadcast implements Broadcast {
    private final ChannelGroup all = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    @Override
    public void add(Channel channel) {
        all.add(channel);
    }

    /** The group removes what is closed by itself. */
    @Override
    public void remove(Channel channel) {}

    @Override
    public void tell(String message) {
        all.writeAndFlush(new TextWebSocketFrame(message));
    }
}
