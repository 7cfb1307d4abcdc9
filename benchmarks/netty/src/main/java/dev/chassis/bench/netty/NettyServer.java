package dev.chassis.bench.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;

/** The least that answers HTTP on netty: one codec, one handler. Arguments: the port; {@code nio} or {@code epoll}. */
public final class NettyServer {
    private NettyServer() {}

    /**
     * Serves until the process is killed.
     *
     * @param args the port and the transport
     * @throws InterruptedException if interrupted while binding
     */
    public static void main(String[] args) throws InterruptedException {
        int port = Integer.parseInt(args[0]);
        if (args[1].equals("epoll")) {
            serve(port, EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
        } else {
            serve(port, NioIoHandler.newFactory(), NioServerSocketChannel.class);
        }
    }

    private static void serve(int port, IoHandlerFactory io, Class<? extends ServerChannel> channelType)
            throws InterruptedException {
        EventLoopGroup boss = new MultiThreadIoEventLoopGroup(1, io);
        EventLoopGroup workers =
                new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(), io);
        HelloHandler.renewDate(boss.next());
        new ServerBootstrap()
                .group(boss, workers)
                .channel(channelType)
                .childHandler(new Pipeline())
                .bind(port)
                .sync();
    }

    private static final class Pipeline extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline().addLast(new HttpServerCodec(), new HelloHandler());
        }
    }
}
