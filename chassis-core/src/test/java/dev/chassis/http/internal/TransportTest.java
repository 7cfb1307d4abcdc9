package dev.chassis.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TransportTest {

    private static final int SOCKETS = 4 * Transport.SOCKETS_PER_TURN;

    private final Transport transport = Transport.best();
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.handlers());
    private final CountDownLatch accepted = new CountDownLatch(SOCKETS);
    private final CountDownLatch read = new CountDownLatch(SOCKETS);
    private final AtomicInteger readSoFar = new AtomicInteger();
    private final CompletableFuture<Integer> readBeforeTheTask = new CompletableFuture<>();
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void whatIsHandedOverWaitsForSomeSocketsNotForAllThatAreReady() throws Exception {
        assumeTrue(Epoll.isAvailable(), "only epoll has a limit");
        connectAll(listen());
        CountDownLatch mayGoOn = new CountDownLatch(1);
        group.execute(() -> await(mayGoOn));
        for (Socket socket : sockets) {
            socket.getOutputStream().write('x');
        }
        mayGoOn.countDown();

        assertThat(readBeforeTheTask.get(10, TimeUnit.SECONDS)).isBetween(1, Transport.SOCKETS_PER_TURN);
        assertThat(read.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private InetSocketAddress listen() throws InterruptedException {
        Channel listener = new ServerBootstrap()
                .group(group)
                .channel(transport.listener())
                .childHandler(new Reader())
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        return (InetSocketAddress) listener.localAddress();
    }

    private void connectAll(InetSocketAddress address) throws Exception {
        for (int i = 0; i < SOCKETS; i++) {
            sockets.add(new Socket(address.getAddress(), address.getPort()));
        }
        assertThat(accepted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first one that reads hands something over, as a worker would have done by then. */
    @ChannelHandler.Sharable
    private final class Reader extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            accepted.countDown();
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
            if (readSoFar.incrementAndGet() == 1) {
                ctx.channel().eventLoop().execute(() -> readBeforeTheTask.complete(readSoFar.get()));
            }
            read.countDown();
        }
    }
}
