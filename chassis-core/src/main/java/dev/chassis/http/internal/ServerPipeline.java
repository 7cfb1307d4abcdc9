package dev.chassis.http.internal;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What an accepted connection consists of: TLS if configured, the decoder, the connection. There is no encoder, because answers are written
 * as bytes.
 */
final class ServerPipeline extends ChannelInitializer<Channel> {

    private final ServerState server;
    private final Map<EventLoop, Loop> loops;
    private final @Nullable SslContext tls;

    ServerPipeline(ServerState server, Map<EventLoop, Loop> loops, @Nullable SslContext tls) {
        this.server = server;
        this.loops = loops;
        this.tls = tls;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (!server.connections().tryEnter()) {
            channel.close();
            return;
        }
        channel.closeFuture().addListener(closed -> server.connections().exit());
        if (server.connections().count() > server.limits().maxConnections()) {
            server.meters().refused(RefusedBecause.CONNECTIONS);
            channel.close();
            return;
        }
        connect(channel, Objects.requireNonNull(loops.get(channel.eventLoop())));
    }

    private void connect(Channel channel, Loop loop) {
        if (tls != null) {
            SslHandler handler = tls.newHandler(channel.alloc());
            handler.setHandshakeTimeout(server.limits().headerTimeoutNanos(), TimeUnit.NANOSECONDS);
            channel.pipeline().addLast(handler);
        }
        RequestDecoder decoder = new RequestDecoder(server.limits(), loop);
        channel.pipeline().addLast(decoder);
        ChannelHandlerContext ctx = channel.pipeline().context(decoder);
        Connection connection = new Connection(server, loop, peer(channel.remoteAddress()), decoder, ctx);
        channel.pipeline().addLast(connection);
        connection.begin();
        if (server.isDraining()) {
            connection.drain(); // it waited to be accepted when the drain began
        }
    }

    private Peer peer(@Nullable SocketAddress remote) {
        String address = remote instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : "";
        return new Peer(address, tls == null ? "http" : "https", server.limits().trustedProxies());
    }
}
