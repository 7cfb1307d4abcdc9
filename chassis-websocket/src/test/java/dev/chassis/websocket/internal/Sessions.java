package dev.chassis.websocket.internal;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Outboxes on real connections whose other ends read when they are told to. */
final class Sessions implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    private final OutboxSettings settings;
    private final EventLoopGroup loops;
    private final Channel server;
    private final BlockingQueue<Accepted> accepted = new LinkedBlockingQueue<>();
    private final List<Session> opened = new CopyOnWriteArrayList<>();

    Sessions(OutboxSettings settings, int loops) {
        this.settings = settings;
        this.loops = new MultiThreadIoEventLoopGroup(loops, NioIoHandler.newFactory());
        this.server = new ServerBootstrap()
                .group(this.loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        Accepted one = new Accepted(channel);
                        channel.pipeline().addLast(one);
                        accepted.add(one);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    /** Polls often, for a minute at most. */
    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(2));
    }

    Session open() throws Exception {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(server.localAddress());
        socket.setSoTimeout(PATIENCE_MILLIS);
        Accepted one = accepted.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        assert one != null && ((InetSocketAddress) one.channel.remoteAddress()).getPort() == socket.getLocalPort();
        Session session = new Session(socket, one);
        opened.add(session);
        return session;
    }

    @Override
    public void close() throws IOException {
        for (Session session : opened) {
            session.close();
            session.outbox.channel().close().syncUninterruptibly(); // not left to the end of its loop
        }
        loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** The server's end. */
    private final class Accepted extends ChannelInboundHandlerAdapter implements OutboxListener {
        private final Channel channel;
        private final Outbox outbox;
        private final List<String> tooSlow = new CopyOnWriteArrayList<>();

        private Accepted(Channel channel) {
            this.channel = channel;
            this.outbox = new Outbox(channel, settings, this, null);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (channel.isWritable()) {
                outbox.writable();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            outbox.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }

        @Override
        public void tooSlow(String reason) {
            tooSlow.add(reason);
        }
    }

    /** Both ends. */
    static final class Session implements AutoCloseable {
        final Outbox outbox;
        final List<String> tooSlow;
        private final Socket socket;
        private final DataInputStream in;

        private Session(Socket socket, Accepted accepted) throws IOException {
            this.socket = socket;
            this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 64 * 1024));
            this.outbox = accepted.outbox;
            this.tooSlow = accepted.tooSlow;
        }

        /** Does something on the session's event loop. */
        <T> T onLoop(Callable<T> task) throws Exception {
            return outbox.channel().eventLoop().submit(task).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        }

        /** The next text message. */
        String read() throws IOException {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = (int) in.readLong();
            }
            byte[] payload = in.readNBytes(length);
            assert first == 0x81 : "no text message: " + first;
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** Nothing more may have been sent than a marker that is sent now. */
        boolean hearsNothing() throws IOException {
            outbox.offer(EncodedMessage.text("nothing"), Delivery.DISCONNECT);
            return read().equals("nothing");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
