package dev.chassis.websocket.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What tasks tell each other, as bytes. Immutable.
 *
 * @param node who says it: one start of one task, so it is the epoch, too
 * @param sequence the number of the message; of all else, that of the node's last message before
 * @param topic of a message, else empty
 * @param message of a message, else null
 * @param delivery of a message, else null
 * @param present of a lease, who is in which topic how often; of a join and a leave, the one it is about
 */
record TaskMessage(
        Kind kind,
        UUID node,
        long sequence,
        String topic,
        @Nullable EncodedMessage message,
        @Nullable Delivery delivery,
        Map<String, Map<String, Integer>> present) {

    private static final byte VERSION = 1;

    enum Kind {
        MESSAGE,
        /** I am here, this is my last number, these are my sessions. */
        LEASE,
        /** Tell me your lease. */
        ASK,
        JOIN,
        LEAVE,
        BYE
    }

    static TaskMessage message(UUID node, long sequence, String topic, EncodedMessage message, Delivery delivery) {
        return new TaskMessage(Kind.MESSAGE, node, sequence, topic, message, delivery, Map.of());
    }

    static TaskMessage presence(Kind kind, UUID node, long sequence, Map<String, Map<String, Integer>> present) {
        return new TaskMessage(kind, node, sequence, "", null, null, present);
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte(kind.ordinal());
            out.writeLong(node.getMostSignificantBits());
            out.writeLong(node.getLeastSignificantBits());
            out.writeLong(sequence);
            if (message != null && delivery != null) {
                writeMessage(out, message, delivery);
            } else {
                writePresent(out);
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot encode " + kind, e); // a topic of more than 64 KiB
        }
        return bytes.toByteArray();
    }

    private void writeMessage(DataOutputStream out, EncodedMessage encoded, Delivery how) throws IOException {
        out.writeUTF(topic);
        out.writeByte(how.kind().ordinal());
        out.writeUTF(how.key() == null ? "" : how.key());
        out.writeBoolean(encoded.isText());
        ByteBuf frame = encoded.frame(null);
        try {
            frame.skipBytes(frame.readableBytes() - encoded.payloadBytes());
            out.write(ByteBufUtil.getBytes(frame));
        } finally {
            frame.release();
        }
    }

    private void writePresent(DataOutputStream out) throws IOException {
        out.writeInt(present.size());
        for (Map.Entry<String, Map<String, Integer>> each : present.entrySet()) {
            out.writeUTF(each.getKey());
            out.writeInt(each.getValue().size());
            for (Map.Entry<String, Integer> who : each.getValue().entrySet()) {
                out.writeUTF(who.getKey());
                out.writeInt(who.getValue());
            }
        }
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IOException if the bytes are something else, or of another version
     */
    static TaskMessage decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = in.readByte();
        int kind = in.readByte();
        if (version != VERSION || kind < 0 || kind >= Kind.values().length) {
            throw new IOException("kind " + kind + " of version " + version + " is unknown here");
        }
        UUID node = new UUID(in.readLong(), in.readLong());
        long sequence = in.readLong();
        return Kind.values()[kind] == Kind.MESSAGE
                ? readMessage(in, node, sequence)
                : presence(Kind.values()[kind], node, sequence, readPresent(in));
    }

    private static TaskMessage readMessage(DataInputStream in, UUID node, long sequence) throws IOException {
        String topic = in.readUTF();
        Delivery.Kind kind = Delivery.Kind.values()[in.readByte()];
        String key = in.readUTF();
        Delivery delivery = kind == Delivery.Kind.CONFLATE ? Delivery.conflate(key) : new Delivery(kind, null);
        boolean text = in.readBoolean();
        return message(node, sequence, topic, EncodedMessage.of(text, in.readAllBytes()), delivery);
    }

    private static Map<String, Map<String, Integer>> readPresent(DataInputStream in) throws IOException {
        Map<String, Map<String, Integer>> topics = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            Map<String, Integer> present = new HashMap<>();
            topics.put(in.readUTF(), present);
            for (int who = in.readInt(); who > 0; who--) {
                present.put(in.readUTF(), in.readInt());
            }
        }
        return topics;
    }
}
