package dev.chassis.bench.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;

/**
 * The least that broadcasts over WebSocket on netty, with netty's own codec. Arguments: the port; {@code group} for netty's
 * {@code ChannelGroup}, {@code bare} for what netty can do when each loop encodes nothing and flushes once.
 */
public final class LiveServer {
    private LiveServer() {}

    /**
     * Serves until the process is killed.
     *
     * @param args the port and the way to broadcast
     * @throws InterruptedException if interrupted while binding
     */
    public static void main(String[] args) throws InterruptedException {
        Broadcast broadcast = args[1].equals("group") ? new GroupBroadcast() : new ShardBroadcast();
        int loops = Runtime.getRuntime().availableProcessors();
        EventLoopGroup boss = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        EventLoopGroup workers = new MultiThreadIoEventLoopGroup(loops, EpollIoHandler.newFactory());
        new ServerBootstrap()
                .group(boss, workers)
                .channel(EpollServerSocketChannel.class)
                .childHandler(new Pipeline(broadcast))
                .bind(Integer.parseInt(args[0]))
                .sync();
    }

    /** Without an aggregator: the handshake needs none, and 8,000 idle ones would be 8,000 objects. */
    private static final class Pipeline extends ChannelInitializer<Channel> {
        private final WebSocketServerProtocolConfig protocol = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath("/live")
                .build();
        private final HelloHandler hello = new HelloHandler();
        private final LiveHandler live;

        Pipeline(Broadcast broadcast) {
            this.live = new LiveHandler(broadcast);
        }

        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline()
                    .addLast(new HttpServerCodec(), new WebSocketServerProtocolHandler(protocol), live)
                    .addLast("hello", hello);
        }
    }
}
