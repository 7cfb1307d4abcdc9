package dev.chassis.testing.websocket;

import dev.chassis.testing.websocket.Received.Kind;
import java.net.URI;

/**
 * A WebSocket client on a plain socket that shows what the server really sends: messages, control frames, close codes, the end.
 *
 * <pre>{@code
 * try (WebSocketTestClient client = WebSocketTestClient.connect(uri)) {
 *     client.sendText("hello");
 *     assertThat(client.receiveText()).isEqualTo("hello");
 * }
 * }</pre>
 *
 * <p>It reads only when asked to, so one that is never asked is a client that does not read; pings are answered meanwhile. What is sent to
 * a server that has gone is lost; receiving tells so. Used by one thread. Compressed messages arrive inflated.
 */
public final class WebSocketTestClient implements AutoCloseable {

    private final URI uri;
    private final Wire wire;
    private final HandshakeResponse response;
    private final ServerFrames frames;

    WebSocketTestClient(URI uri, Wire wire, HandshakeResponse response) {
        this.uri = uri;
        this.wire = wire;
        this.response = response;
        this.frames = new ServerFrames(wire, response);
    }

    /** A handshake to be made; {@code ws}, {@code wss}, {@code http} or {@code https}, with a port. */
    public static WebSocketRequest to(URI uri) {
        return WebSocketRequest.to(uri);
    }

    /**
     * Connects without further ado.
     *
     * @throws AssertionError if the server refuses
     */
    public static WebSocketTestClient connect(URI uri) {
        return to(uri).connect();
    }

    /** Where it is connected. */
    public URI uri() {
        return uri;
    }

    /** What the server answered to the handshake. */
    public HandshakeResponse response() {
        return response;
    }

    /** Whether compression has been agreed. */
    public boolean isDeflating() {
        return frames.isDeflating();
    }

    /** Sends a text message in one frame, compressed if that has been agreed. */
    public void sendText(String message) {
        sendMessage(ClientFrame.TEXT, Wire.utf8(message));
    }

    /** Sends a binary message in one frame, compressed if that has been agreed. */
    public void sendBinary(byte[] message) {
        sendMessage(ClientFrame.BINARY, message);
    }

    private void sendMessage(int opcode, byte[] payload) {
        int first = ClientFrame.FIN | opcode;
        send(
                isDeflating()
                        ? new ClientFrame(first | ClientFrame.RSV1, ClientFrame.deflate(payload))
                        : new ClientFrame(first, payload));
    }

    /**
     * Sends a masked frame, whatever it says.
     *
     * @param first its first byte: FIN, reserved bits and opcode
     */
    public void sendFrame(int first, byte[] payload) {
        send(new ClientFrame(first, payload));
    }

    /** Sends a close frame; {@link #receive} tells the answer. */
    public void sendClose(int code, String reason) {
        send(ClientFrame.close(code, reason));
    }

    /** Sends bytes as they are. */
    public void sendBytes(byte[] bytes) {
        wire.send(bytes);
    }

    void send(ClientFrame... several) {
        wire.send(ClientFrame.join(several));
    }

    /**
     * The next message, pong or close frame, or the end. Pings are answered and passed over.
     *
     * @throws AssertionError if nothing comes in time, or the server breaks the protocol
     */
    public Received receive() {
        Received received = frames.next();
        while (received.kind() == Kind.PING) {
            sendFrame(ClientFrame.FIN | ClientFrame.PONG, received.payload());
            received = frames.next();
        }
        return received;
    }

    /** The same, for pings too; they are not answered. */
    public Received receiveAny() {
        return frames.next();
    }

    /**
     * The next message, which must be a text.
     *
     * @throws AssertionError if it is anything else
     */
    public String receiveText() {
        return receive(Kind.TEXT).text();
    }

    /**
     * The next message, which must be binary.
     *
     * @throws AssertionError if it is anything else
     */
    public byte[] receiveBinary() {
        return receive(Kind.BINARY).payload();
    }

    /** The code of the close frame; messages before it are passed over. 1006 if the connection ends without one. */
    public int awaitClose() {
        Received received = receive();
        while (received.kind() != Kind.CLOSE && received.kind() != Kind.END) {
            received = receive();
        }
        return received.closeCode();
    }

    private Received receive(Kind expected) {
        Received received = receive();
        if (received.kind() != expected) {
            throw new AssertionError("received " + received + " (expected: " + expected + ")");
        }
        return received;
    }

    /** Cuts the connection, without a close frame. */
    @Override
    public void close() {
        wire.close();
        frames.close();
    }
}
