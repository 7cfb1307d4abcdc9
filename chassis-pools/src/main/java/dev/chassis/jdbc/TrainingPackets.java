package dev.chassis.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Packets of the MariaDB protocol, between a client and {@link TrainingMariaDb}: a length of three bytes, a number that starts anew with each
 * command, a body. One thread's.
 */
final class TrainingPackets {

    private final DataInputStream in;
    private final DataOutputStream out;
    private int number;

    TrainingPackets(DataInputStream in, DataOutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** The body of the next one. What was sent before leaves now. */
    byte[] receive() throws IOException {
        out.flush();
        int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
        number = in.readUnsignedByte() + 1;
        byte[] body = new byte[length];
        in.readFully(body);
        return body;
    }

    void send(Body writer) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        writer.writeTo(new DataOutputStream(body));
        little(out, body.size(), 3);
        out.writeByte(number++);
        body.writeTo(out);
    }

    /** Text as the protocol has it: behind its length, which is less than 251. */
    static void text(DataOutputStream body, String text) throws IOException {
        body.writeByte(text.length());
        body.writeBytes(text);
    }

    /** A number of so many bytes, the lowest first. */
    static void little(DataOutputStream body, int value, int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            body.writeByte(value >>> i * Byte.SIZE);
        }
    }

    /** Writes the body of a packet. */
    interface Body {
        void writeTo(DataOutputStream body) throws IOException;
    }
}
