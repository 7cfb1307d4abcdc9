package dev.chassis.websocket.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.Deflater;

/** Masked frames, right or wrong, as a client would send them. */
final class ClientBytes {

    private final Random random;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ClientBytes(Random random) {
        this.random = random;
    }

    static ClientBytes of() {
        return new ClientBytes(new Random(7));
    }

    ClientBytes text(String message) {
        return frame(0x81, message.getBytes(StandardCharsets.UTF_8));
    }

    ClientBytes ping(String payload) {
        return frame(0x89, payload.getBytes(StandardCharsets.UTF_8));
    }

    ClientBytes close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[2 + text.length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, text.length);
        return frame(0x88, payload);
    }

    ClientBytes frame(int first, byte[] payload) {
        out.write(first);
        int head = Frames.headBytes(payload.length);
        out.write(0x80 | (head == 2 ? payload.length : head == 4 ? 126 : 127));
        for (int at = 2; at < head; at++) {
            int shift = 8 * (head - 1 - at);
            out.write(shift < 32 ? payload.length >> shift : 0);
        }
        byte[] mask = new byte[4];
        random.nextBytes(mask);
        out.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ mask[i & 3]);
        }
        return this;
    }

    ClientBytes raw(int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** As permessage-deflate wants it: flushed, without the tail. */
    static byte[] deflated(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        byte[] out = new byte[plain.length * 2 + 100];
        deflater.setInput(plain);
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return java.util.Arrays.copyOf(out, length - 4);
    }
}
