package dev.chassis.http.internal;

import io.netty.channel.DefaultSelectStrategyFactory;
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

    /**
     * So many sockets are served in one turn of an event loop, then what others have handed over to the loop is done, the answers of workers
     * above all. Without a limit a storm is read to its end before the first of these is written, and whose request comes a moment too late
     * waits for all of that twice. Each turn costs a system call, so there must not be too few. The kernel hands out in turns what is ready:
     * nobody is passed over. NIO has no such limit.
     */
    static final int SOCKETS_PER_TURN = 16;

    static Transport best() {
        NettyDefaults.apply();
        return Epoll.isAvailable() ? epoll() : nio();
    }

    private static Transport epoll() {
        return new Transport(
                EpollIoHandler.newFactory(SOCKETS_PER_TURN, DefaultSelectStrategyFactory.INSTANCE),
                EpollServerSocketChannel.class);
    }

    static Transport nio() {
        return new Transport(NioIoHandler.newFactory(), NioServerSocketChannel.class);
    }
}
