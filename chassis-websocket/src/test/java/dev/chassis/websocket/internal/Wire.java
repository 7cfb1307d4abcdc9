package dev.chassis.websocket.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection without a socket: what is fed to it, what its listener heard, what it sent. */
final class Wire implements ProtocolListener, AutoCloseable {

    final List<String> heard = new ArrayList<>();
    final Protocol protocol;
    final EmbeddedChannel channel;
    Runnable onMessage = () -> {};

    Wire(ProtocolSettings settings, @Nullable DeflatePool deflate) {
        protocol = new Protocol(settings, deflate, this);
        channel = new EmbeddedChannel(protocol);
    }

    static Wire plain() {
        return new Wire(ProtocolSettings.defaults(), null);
    }

    Wire feed(ClientBytes bytes) {
        return feed(bytes.bytes());
    }

    Wire feed(byte[] bytes) {
        if (channel.isOpen()) {
            channel.writeInbound(Unpooled.copiedBuffer(bytes));
        }
        return this;
    }

    /** Each frame that was sent, as opcode and payload; close frames with their code. */
    List<String> sent() {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        List<String> frames = new ArrayList<>();
        while (all.isReadable()) {
            int opcode = all.readByte() & 0xf;
            byte[] payload = new byte[all.readByte()];
            all.readBytes(payload);
            frames.add(describe(opcode, payload));
        }
        return frames;
    }

    private static String describe(int opcode, byte[] payload) {
        if (opcode == Frames.CLOSE) {
            int code = payload.length == 0 ? CloseCodes.NONE : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
            return "close " + code;
        }
        return (opcode == Frames.PONG ? "pong " : "ping ") + new String(payload, StandardCharsets.UTF_8);
    }

    @Override
    public void text(String message, int bytes) {
        heard.add("text " + message);
        onMessage.run();
    }

    @Override
    public void binary(byte[] message) {
        heard.add("binary "
                + (message.length < 100
                        ? HexFormat.of().formatHex(message)
                        : message.length + " bytes, " + Arrays.hashCode(message)));
        onMessage.run();
    }

    @Override
    public void pong() {
        heard.add("pong");
    }

    @Override
    public void peerClosed(int code, String reason) {
        heard.add("peerClosed " + code + " " + reason);
    }

    @Override
    public void violated(int code, String reason) {
        heard.add("violated " + code + " " + reason);
    }

    @Override
    public void gone() {
        heard.add("gone");
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
    }
}
