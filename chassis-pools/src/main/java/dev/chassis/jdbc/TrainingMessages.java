package dev.chassis.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Messages of the PostgreSQL protocol, between a client and {@link TrainingPostgres}: a letter, a length that counts itself, a body. One thread's. */
final class TrainingMessages {

    private final DataInputStream in;
    private final DataOutputStream out;

    TrainingMessages(DataInputStream in, DataOutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** The next one. What was sent before leaves now if there is nothing to read. */
    Received receive() throws IOException {
        if (in.available() == 0) {
            out.flush();
        }
        char type = (char) in.readUnsignedByte();
        byte[] body = new byte[in.readInt() - Integer.BYTES];
        in.readFully(body);
        return new Received(type, ByteBuffer.wrap(body));
    }

    void send(char type) throws IOException {
        send(type, body -> {});
    }

    void send(char type, Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.writeTo(new DataOutputStream(bytes));
        out.writeByte(type);
        out.writeInt(bytes.size() + Integer.BYTES);
        bytes.writeTo(out);
    }

    /** Text as the protocol has it: with a zero at its end. */
    void text(DataOutputStream body, String text) throws IOException {
        body.write(text.getBytes(StandardCharsets.UTF_8));
        body.writeByte(0);
    }

    /** Writes the body of a message. */
    interface Body {
        void writeTo(DataOutputStream body) throws IOException;
    }

    /** A message of the client's; what is read of it is behind it. */
    record Received(char type, ByteBuffer body) {

        /** Text up to its zero. */
        String text() {
            int from = body.position();
            while (body.get() != 0) {
                // on to the end
            }
            return new String(body.array(), from, body.position() - 1 - from, StandardCharsets.UTF_8);
        }

        /** Everything that is left. */
        String rest() {
            byte[] rest = new byte[body.remaining()];
            body.get(rest);
            return new String(rest, StandardCharsets.UTF_8);
        }
    }
}
