package dev.chassis.websocket.internal;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The protocol on real sockets with the least of a handshake: each message comes back. */
final class EchoServer implements AutoCloseable {

    static final ProtocolSettings CONFORMANCE =
            new ProtocolSettings(16 * 1024 * 1024, 70_000, 0, 0, TimeUnit.SECONDS.toNanos(5));

    final Map<Integer, Integer> violations = new ConcurrentHashMap<>();
    final AtomicInteger open = new AtomicInteger();
    private final ProtocolSettings settings;
    private final DeflatePool pool = new DeflatePool(4);
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final Channel channel;

    EchoServer(ProtocolSettings settings) {
        this.settings = settings;
        this.channel = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        accepted.pipeline().addLast("codec", new HttpServerCodec());
                        accepted.pipeline().addLast("whole", new HttpObjectAggregator(0));
                        accepted.pipeline().addLast("handshake", new Handshake());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + ((InetSocketAddress) channel.localAddress()).getPort() + "/echo");
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
        pool.close();
    }

    private final class Handshake extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) throws Exception {
            HttpHeaders headers = request.headers();
            if (!headers.containsValue("upgrade", "websocket", true)
                    || !headers.containsValue("connection", "upgrade", true)
                    || !request.method().equals(HttpMethod.GET)
                    || request.protocolVersion().equals(HttpVersion.HTTP_1_0)
                    || !headers.contains("host")
                    || !isKey(headers.getAll("sec-websocket-key"))) {
                refuse(ctx, HttpResponseStatus.BAD_REQUEST);
            } else if (!"13".equals(headers.get("sec-websocket-version"))) {
                refuse(ctx, HttpResponseStatus.UPGRADE_REQUIRED);
            } else {
                upgrade(ctx, headers);
            }
        }

        private boolean isKey(List<String> keys) {
            try {
                return keys.size() == 1 && Base64.getDecoder().decode(keys.get(0)).length == 16;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        private void refuse(ChannelHandlerContext ctx, HttpResponseStatus status) {
            FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
            response.headers().set("sec-websocket-version", "13").set("content-length", "0");
            ctx.writeAndFlush(response).addListener(done -> ctx.close());
        }

        private void upgrade(ChannelHandlerContext ctx, HttpHeaders headers) throws Exception {
            DeflateOffer offer = DeflateOffer.accept(headers.getAll("sec-websocket-extensions"));
            FullHttpResponse response =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
            String accept = headers.get("sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
            byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(accept.getBytes(StandardCharsets.US_ASCII));
            response.headers()
                    .set("upgrade", "websocket")
                    .set("connection", "upgrade")
                    .set("sec-websocket-accept", Base64.getEncoder().encodeToString(sha1));
            if (offer != null) {
                response.headers().set("sec-websocket-extensions", offer.response());
            }
            ctx.writeAndFlush(response);
            Echo echo = new Echo(ctx.channel(), offer);
            ctx.pipeline().addLast(echo.protocol);
            ctx.pipeline().remove("whole");
            ctx.pipeline().remove("handshake");
            ctx.pipeline().remove("codec"); // hands on what it has read already
        }
    }

    private final class Echo implements ProtocolListener {

        private final Channel peer;
        private final Protocol protocol;
        private final @Nullable DeflatePool outbound;

        Echo(Channel peer, @Nullable DeflateOffer offer) {
            this.peer = peer;
            this.outbound = offer != null && offer.outbound() ? pool : null;
            this.protocol = new Protocol(settings, offer == null ? null : pool, this);
            open.incrementAndGet();
        }

        @Override
        public void text(String message, int bytes) {
            send(EncodedMessage.text(message));
        }

        @Override
        public void binary(byte[] message) {
            send(EncodedMessage.binary(message));
        }

        private void send(EncodedMessage message) {
            peer.write(message.frame(outbound), peer.voidPromise());
            if (!peer.isWritable()) {
                peer.flush();
            }
            if (!peer.isWritable()) {
                protocol.pause();
            }
        }

        @Override
        public void readComplete() {
            peer.flush();
        }

        @Override
        public void writabilityChanged(boolean writable) {
            if (writable && protocol.isPaused()) {
                peer.eventLoop().execute(() -> {
                    protocol.resume();
                    peer.flush();
                });
            }
        }

        @Override
        public void peerClosed(int code, String reason) {}

        @Override
        public void violated(int code, String reason) {
            violations.merge(code, 1, Integer::sum);
        }

        @Override
        public void gone() {
            open.decrementAndGet();
        }
    }
}
