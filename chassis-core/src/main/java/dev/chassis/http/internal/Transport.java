package dev.chassis.http.internal;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/**
 * How sockets are waited for: epoll where its native library can be loaded, else NIO. Not io_uring, which Fargate's seccomp profile
 * blocks.
 */
record Transport(IoHandlerFactory handlers, Class<? extends ServerChannel> listener) {

    static Transport best() {
        NettyDefaults.apply();
        return Epoll.isAvailable() ? new Transport(EpollIoHandler.newFactory(), EpollServerSocketChannel.class) : nio();
    }

    static Transport nio() {
        return new Transport(NioIoHandler.newFactory(), NioServerSocketChannel.class);
    }
}
