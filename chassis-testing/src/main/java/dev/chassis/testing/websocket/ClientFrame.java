package dev.chassis.testing.websocket;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * A frame as a client sends it, right or wrong. Immutable.
 *
 * @param first the first byte: FIN, reserved bits, opcode
 */
record ClientFrame(int first, byte[] payload) {

    static final int FIN = 0x80;
    static final int RSV1 = 0x40;
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d}; // the RFC's example

    static ClientFrame text(String text) {
        return new ClientFrame(FIN | TEXT, Wire.utf8(text));
    }

    static ClientFrame binary(byte[] bytes) {
        return new ClientFrame(FIN | BINARY, bytes);
    }

    static ClientFrame ping(String payload) {
        return new ClientFrame(FIN | PING, Wire.utf8(payload));
    }

    static ClientFrame pong(String payload) {
        return new ClientFrame(FIN | PONG, Wire.utf8(payload));
    }

    /** The first fragment of a text. */
    static ClientFrame begin(String text) {
        return new ClientFrame(TEXT, Wire.utf8(text));
    }

    /** A fragment in the middle. */
    static ClientFrame more(String text) {
        return new ClientFrame(CONTINUATION, Wire.utf8(text));
    }

    /** The last fragment. */
    static ClientFrame end(String text) {
        return new ClientFrame(FIN | CONTINUATION, Wire.utf8(text));
    }

    static ClientFrame close(byte[] payload) {
        return new ClientFrame(FIN | CLOSE, payload);
    }

    static ClientFrame close(int code, String reason) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(code >> 8);
        payload.write(code);
        payload.writeBytes(Wire.utf8(reason));
        return close(payload.toByteArray());
    }

    ClientFrame bits(int more) {
        return new ClientFrame(first | more, payload);
    }

    /** As it goes over the wire. */
    byte[] bytes() {
        return masked(MASK);
    }

    byte[] masked(byte[] mask) {
        ByteArrayOutputStream out = head(0x80);
        out.writeBytes(mask);
        byte[] body = payload.clone();
        for (int i = 0; i < body.length; i++) {
            body[i] ^= mask[i & 3];
        }
        out.writeBytes(body);
        return out.toByteArray();
    }

    /** As a client must not send it (section 5.1). */
    byte[] unmasked() {
        ByteArrayOutputStream out = head(0);
        out.writeBytes(payload);
        return out.toByteArray();
    }

    private ByteArrayOutputStream head(int maskBit) {
        int length = payload.length;
        int extra = length < 126 ? 0 : length < 65_536 ? 2 : 8;
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 14);
        out.write(first);
        out.write(maskBit | (extra == 0 ? length : extra == 2 ? 126 : 127));
        for (int left = extra - 1; left >= 0; left--) {
            out.write(left > 3 ? 0 : length >> 8 * left);
        }
        return out;
    }

    /** A message in frames of so many bytes at most. */
    static ClientFrame[] fragments(int opcode, byte[] payload, int size) {
        int count = Math.max(1, (payload.length + size - 1) / size);
        ClientFrame[] frames = new ClientFrame[count];
        for (int i = 0; i < count; i++) {
            byte[] part = Arrays.copyOfRange(payload, i * size, Math.min(payload.length, (i + 1) * size));
            int bits = (i == 0 ? opcode : CONTINUATION) | (i == count - 1 ? FIN : 0);
            frames[i] = new ClientFrame(bits, part);
        }
        return frames;
    }

    static byte[] join(ClientFrame... frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ClientFrame frame : frames) {
            out.writeBytes(frame.bytes());
        }
        return out.toByteArray();
    }

    /** Compressed as RFC 7692, section 7.2.1, says, without context from before. */
    static byte[] deflate(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        byte[] out = new byte[plain.length + plain.length / 8 + 64];
        deflater.setInput(plain);
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(out, length - 4);
    }
}
