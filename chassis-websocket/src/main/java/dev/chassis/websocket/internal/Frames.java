package dev.chassis.websocket.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Frames of a server, which are not masked (RFC 6455, sections 5.2 and 5.5). */
public final class Frames {

    /** Of a control frame. */
    static final int MAX_CONTROL_BYTES = 125;

    static final int FIN = 0x80;
    static final int DEFLATED = 0x40; // RSV1, RFC 7692, section 6
    static final int RESERVED = 0x70;
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int MAX_SHORT = 0xffff;

    private Frames() {}

    /** A ping without payload. */
    public static ByteBuf ping(ByteBufAllocator allocator) {
        return control(allocator, PING, new byte[0]);
    }

    /** The answer to a ping with this payload of at most 125 bytes. */
    public static ByteBuf pong(ByteBufAllocator allocator, byte[] payload) {
        return control(allocator, PONG, payload);
    }

    /**
     * A close frame; the reason is cut to 123 bytes, between characters.
     *
     * @param code {@link CloseCodes#NONE} for a frame without a code
     * @throws IllegalArgumentException if the code must not be sent
     */
    public static ByteBuf close(ByteBufAllocator allocator, int code, String reason) {
        if (code == CloseCodes.NONE) {
            return control(allocator, CLOSE, new byte[0]);
        }
        if (!CloseCodes.isSendable(code)) {
            throw new IllegalArgumentException("close code " + code + " (allowed: 1000-1003, 1007-1014, 3000-4999)");
        }
        byte[] text = cut(reason.getBytes(StandardCharsets.UTF_8));
        byte[] payload = new byte[Short.BYTES + text.length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, Short.BYTES, text.length);
        return control(allocator, CLOSE, payload);
    }

    private static byte[] cut(byte[] text) {
        int end = MAX_CONTROL_BYTES - Short.BYTES;
        if (text.length <= end) {
            return text;
        }
        while ((text[end] & 0xc0) == 0x80) { // the first byte left out must begin a character
            end--;
        }
        return Arrays.copyOf(text, end);
    }

    private static ByteBuf control(ByteBufAllocator allocator, int opcode, byte[] payload) {
        return allocator
                .ioBuffer(2 + payload.length)
                .writeByte(FIN | opcode)
                .writeByte(payload.length)
                .writeBytes(payload);
    }

    /** How long the head of a frame is. */
    static int headBytes(int payloadBytes) {
        if (payloadBytes <= MAX_CONTROL_BYTES) {
            return 2;
        }
        return payloadBytes <= MAX_SHORT ? 4 : 10;
    }

    /** A whole frame. */
    static byte[] frame(int first, byte[] payload, int length) {
        int head = headBytes(length);
        byte[] frame = new byte[head + length];
        frame[0] = (byte) first;
        frame[1] = (byte) (head == 2 ? length : head == 4 ? 126 : 127);
        for (int at = 2; at < head; at++) {
            int shift = Byte.SIZE * (head - 1 - at);
            frame[at] = shift < Integer.SIZE ? (byte) (length >> shift) : 0;
        }
        System.arraycopy(payload, 0, frame, head, length);
        return frame;
    }
}
