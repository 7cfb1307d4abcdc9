package dev.chassis.testing.websocket;

import dev.chassis.testing.websocket.Received.Kind;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Reads what a server sends, and fails when that breaks a rule itself. Used by one thread. */
final class ServerFrames {

    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    private final Wire wire;
    private final boolean deflate;
    private final boolean takeover;
    private final Inflater inflater = new Inflater(true);
    private ByteArrayOutputStream message = new ByteArrayOutputStream();
    private int messageHead; // the first byte of the message that is being put together; 0 for none

    ServerFrames(Wire wire, HandshakeResponse response) {
        this.wire = wire;
        String extensions = response.header("sec-websocket-extensions").orElse("");
        this.deflate = extensions.startsWith("permessage-deflate");
        this.takeover = !extensions.contains("server_no_context_takeover");
    }

    boolean isDeflating() {
        return deflate;
    }

    Received next() {
        try {
            Received received = null;
            while (received == null) {
                int first = wire.read();
                received = first < 0 ? new Received(Kind.END, new byte[0]) : frame(first);
            }
            return received;
        } catch (EOFException cutOff) {
            return new Received(Kind.END, new byte[0]);
        }
    }

    /** A control frame or the end of a message; null in the middle of one. */
    private @Nullable Received frame(int first) throws EOFException {
        int opcode = first & 0xf;
        byte[] payload = wire.read(length());
        if (opcode >= 8) {
            require(
                    (first & 0x80) != 0 && payload.length <= 125,
                    "a control frame in fragments or of more than 125 bytes");
            return new Received(control(opcode), payload);
        }
        require((opcode == 0) == (messageHead != 0) && opcode <= 2, "a data frame out of order: opcode " + opcode);
        require((first & 0x70) == 0 || deflate && opcode != 0 && (first & 0x70) == 0x40, "a reserved bit");
        messageHead = opcode == 0 ? messageHead : first;
        message.writeBytes(payload);
        return (first & 0x80) == 0 ? null : whole();
    }

    private Received whole() {
        byte[] bytes = message.toByteArray();
        message = new ByteArrayOutputStream();
        Kind kind = (messageHead & 0xf) == 1 ? Kind.TEXT : Kind.BINARY;
        byte[] plain = (messageHead & 0x40) == 0 ? bytes : inflate(bytes);
        messageHead = 0;
        return new Received(kind, plain);
    }

    private int length() throws EOFException {
        int second = wire.read(1)[0];
        require((second & 0x80) == 0, "a masked frame");
        if (second < 126) {
            return second;
        }
        long length = 0;
        for (byte b : wire.read(second == 126 ? 2 : 8)) {
            length = length << 8 | b & 0xff;
        }
        require(length >= (second == 126 ? 126 : 65_536), "a length in more bytes than it needs");
        require(length <= Integer.MAX_VALUE - 8, "a frame of " + length + " bytes");
        return (int) length;
    }

    private static Kind control(int opcode) {
        return switch (opcode) {
            case 8 -> Kind.CLOSE;
            case 9 -> Kind.PING;
            case 10 -> Kind.PONG;
            default -> throw new AssertionError("the server sent opcode " + opcode);
        };
    }

    private byte[] inflate(byte[] deflated) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            inflateInto(out, deflated);
            inflateInto(out, TAIL);
        } catch (DataFormatException e) {
            throw new AssertionError("the server sent what does not inflate", e);
        }
        if (!takeover) {
            inflater.reset();
        }
        return out.toByteArray();
    }

    private void inflateInto(ByteArrayOutputStream out, byte[] input) throws DataFormatException {
        byte[] piece = new byte[16 * 1024];
        inflater.setInput(input);
        for (int got = inflater.inflate(piece); got > 0; got = inflater.inflate(piece)) {
            out.write(piece, 0, got);
        }
    }

    void close() {
        inflater.end();
    }

    private static void require(boolean right, String broken) {
        if (!right) {
            throw new AssertionError("the server sent " + broken);
        }
    }
}
