package dev.chassis.http.internal;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Loads what a server needs for its start and its first request: half of a cold start is loading classes and the native library, and
 * nothing says that it must wait for the configuration.
 */
public final class Preload {

    private static final String REQUEST = "GET / HTTP/1.1\r\nhost: localhost\r\naccept: */*\r\n\r\n";

    private Preload() {}

    /** Blocks until it is done; leaves nothing behind. */
    public static void run() {
        Transport transport = Transport.best();
        new MultiThreadIoEventLoopGroup(1, transport.handlers()).shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
        ByteBufAllocator.DEFAULT.directBuffer().release();
        EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder());
        channel.writeInbound(Unpooled.copiedBuffer(REQUEST, StandardCharsets.US_ASCII));
        channel.finishAndReleaseAll();
    }
}
