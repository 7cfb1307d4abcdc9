package dev.chassis.testing.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chassis.testing.websocket.Received.Kind;
import java.util.Arrays;
import java.util.stream.IntStream;

/** One connection of a case: what it sends, and what must come back. Used by one thread. */
final class Conversation implements AutoCloseable {

    static final int NORMAL = 1000;
    static final int PROTOCOL_ERROR = 1002;
    static final int INVALID_DATA = 1007;
    static final int TOO_BIG = 1009;

    private final WebSocketTestClient client;
    private final int maxMessageBytes;

    Conversation(WebSocketTestClient client, int maxMessageBytes) {
        this.client = client;
        this.maxMessageBytes = maxMessageBytes;
    }

    WebSocketTestClient client() {
        return client;
    }

    int maxMessageBytes() {
        return maxMessageBytes;
    }

    // ---- what the client does

    Conversation send(ClientFrame... frames) {
        client.send(frames);
        return this;
    }

    Conversation bytes(byte[] bytes) {
        client.sendBytes(bytes);
        return this;
    }

    Conversation bytes(int... bytes) {
        byte[] all = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            all[i] = (byte) bytes[i];
        }
        return bytes(all);
    }

    /** Sends in pieces, each of its own segment where the network has nothing better to do. */
    Conversation chopped(int size, ClientFrame... frames) {
        byte[] all = ClientFrame.join(frames);
        for (int at = 0; at < all.length; at += size) {
            client.sendBytes(Arrays.copyOfRange(all, at, Math.min(all.length, at + size)));
        }
        return this;
    }

    // ---- what the server does

    Conversation expectText(String text) {
        Received received = client.receive();
        assertEquals(Kind.TEXT, received.kind(), () -> "received " + received);
        assertEquals(text, received.text());
        return this;
    }

    Conversation expectBinary(byte[] bytes) {
        Received received = client.receive();
        assertEquals(Kind.BINARY, received.kind(), () -> "received " + received);
        assertArrayEquals(bytes, received.payload());
        return this;
    }

    Conversation expectPong(byte[] payload) {
        Received received = client.receive();
        assertEquals(Kind.PONG, received.kind(), () -> "received " + received);
        assertArrayEquals(payload, received.payload());
        return this;
    }

    Conversation expectPong(String payload) {
        return expectPong(Wire.utf8(payload));
    }

    /** The server closes with one of these codes, and then the connection; echoes of what came before are passed over. */
    void expectClose(int... codes) {
        int code = client.awaitClose();
        assertTrue(
                IntStream.of(codes).anyMatch(allowed -> allowed == code),
                () -> "closed with " + code + " (expected: " + Arrays.toString(codes) + ")");
        expectEnd();
    }

    /** Nothing comes but the end. */
    void expectEnd() {
        Received last = client.receive();
        assertEquals(Kind.END, last.kind(), () -> "received " + last);
    }

    // ---- both

    /** After ten numbered pings: the newest at least is answered, in order (section 5.5.3 lets a server leave out the others). */
    void closesAfterPongs() {
        int last = -1;
        while (last < 9) {
            Received received = client.receive();
            assertEquals(Kind.PONG, received.kind(), () -> "received " + received);
            int number = Integer.parseInt(received.text().replace("payload ", ""));
            assertTrue(number > last, () -> "pongs out of order at " + received);
            last = number;
        }
        closes();
    }

    Conversation echoes(String text) {
        return send(ClientFrame.text(text)).expectText(text);
    }

    Conversation echoes(byte[] bytes) {
        return send(ClientFrame.binary(bytes)).expectBinary(bytes);
    }

    /** The close handshake, begun by the client. */
    void closes() {
        client.sendClose(NORMAL, "");
        Received received = client.receive();
        assertEquals(Kind.CLOSE, received.kind(), () -> "received " + received);
        assertEquals(NORMAL, received.closeCode());
        expectEnd();
    }

    @Override
    public void close() {
        client.close();
    }
}
