package dev.chassis.websocket.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One message as the frame that everybody gets: encoded once, and compressed at most once, when the first who wants it so asks. The bytes
 * lie on the heap and are shared, so there is nothing to release. Immutable to its users, and thread-safe.
 */
public final class EncodedMessage {

    /** Compression costs more than it saves below. */
    static final int MIN_DEFLATED_BYTES = 1024;

    private final byte[] plain;
    private final int payloadBytes;
    private volatile byte @Nullable [] deflated; // the plain one if compression saves nothing

    private EncodedMessage(int opcode, byte[] payload) {
        this.payloadBytes = payload.length;
        this.plain = Frames.frame(Frames.FIN | opcode, payload, payload.length);
    }

    /** A text message; unpaired surrogates become question marks. */
    public static EncodedMessage text(String message) {
        return new EncodedMessage(Frames.TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    /** A text message that is UTF-8 already, which is not checked; or a binary one. */
    public static EncodedMessage of(boolean text, byte[] payload) {
        return new EncodedMessage(text ? Frames.TEXT : Frames.BINARY, payload);
    }

    /** A binary message. */
    public static EncodedMessage binary(byte[] message) {
        return of(false, message);
    }

    public boolean isText() {
        return (plain[0] & 0xf) == Frames.TEXT;
    }

    /** What the message itself takes, without a head, not compressed. */
    public int payloadBytes() {
        return payloadBytes;
    }

    /**
     * What the frame takes.
     *
     * @param deflate of a connection that has agreed to compression; null for one that has not
     */
    public int size(@Nullable DeflatePool deflate) {
        return bytes(deflate).length;
    }

    /** Copies the frame, for several in one write. */
    public void writeTo(ByteBuf out, @Nullable DeflatePool deflate) {
        out.writeBytes(bytes(deflate));
    }

    /** The frame, not copied. Each call gives another buffer, to be written once or released; it must not be changed. */
    public ByteBuf frame(@Nullable DeflatePool deflate) {
        return Unpooled.wrappedBuffer(bytes(deflate));
    }

    private byte[] bytes(@Nullable DeflatePool deflate) {
        if (deflate == null || payloadBytes < MIN_DEFLATED_BYTES) {
            return plain;
        }
        byte[] done = deflated;
        return done == null ? deflateOnce(deflate) : done;
    }

    private synchronized byte[] deflateOnce(DeflatePool pool) {
        byte[] done = deflated;
        if (done == null) {
            done = deflate(pool);
            deflated = done;
        }
        return done;
    }

    private byte[] deflate(DeflatePool pool) {
        byte[] out = new byte[payloadBytes];
        int length = pool.deflate(plain, plain.length - payloadBytes, out);
        return length < 0 ? plain : Frames.frame(plain[0] | Frames.DEFLATED, out, length);
    }
}
