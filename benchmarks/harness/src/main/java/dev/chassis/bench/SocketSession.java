package dev.chassis.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One WebSocket session: asks for the upgrade, counts text messages, answers pings. Loop thread only. */
final class SocketSession {
    private static final int TEXT = 0x81;
    private static final int PING = 0x89;
    private static final int CLOSE = 0x88;
    private static final int PONG = 0x8A;
    private static final int MASKED = 0x80;
    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Sockets owner;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final String path;
    private int endSeen;
    private boolean upgraded;
    private byte[] rest = new byte[0];

    SocketSession(Sockets owner, Selector selector, SocketAddress server, String path) throws IOException {
        this.owner = owner;
        this.path = path;
        this.channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_LINGER, 0); // thousands of them must not wait in TIME_WAIT
        this.key = channel.register(selector, SelectionKey.OP_CONNECT, this);
        channel.connect(server);
    }

    /** The selector has something for us. */
    void ready() throws IOException {
        if (key.isConnectable()) {
            channel.finishConnect();
            key.interestOps(SelectionKey.OP_READ);
            write(handshake());
        } else {
            receive();
        }
    }

    /** Sends a short text, masked with zeros. */
    void send(String text) throws IOException {
        write(frame(TEXT, text.getBytes(StandardCharsets.US_ASCII)));
    }

    void close() throws IOException {
        channel.close();
    }

    private byte[] handshake() {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] frame(int opcode, byte[] payload) {
        return ByteBuffer.allocate(6 + payload.length)
                .put((byte) opcode)
                .put((byte) (MASKED | payload.length))
                .putInt(0)
                .put(payload)
                .array();
    }

    private void write(byte[] bytes) throws IOException {
        if (channel.write(ByteBuffer.wrap(bytes)) != bytes.length) {
            throw new IOException("the socket did not take everything");
        }
    }

    private void receive() throws IOException {
        ByteBuffer buffer = owner.buffer().put(rest);
        if (channel.read(buffer) < 0) {
            throw new EOFException("the server closed a session");
        }
        buffer.flip();
        if (!upgraded) {
            upgrade(buffer);
        }
        while (upgraded && oneFrame(buffer)) {
            // counted
        }
        rest = new byte[buffer.remaining()];
        buffer.get(rest);
    }

    /** Every server here answers 101 or something that is an error. */
    private void upgrade(ByteBuffer buffer) throws IOException {
        if (buffer.remaining() > 12 && buffer.get(buffer.position() + 9) != '1') {
            throw new IOException("no upgrade: " + StandardCharsets.US_ASCII.decode(buffer));
        }
        int start = buffer.position();
        endSeen = 0;
        while (endSeen < END.length && buffer.hasRemaining()) {
            byte next = buffer.get();
            endSeen = next == END[endSeen] ? endSeen + 1 : next == END[0] ? 1 : 0;
        }
        upgraded = endSeen == END.length;
        if (upgraded) {
            owner.opened();
        } else {
            buffer.position(start);
        }
    }

    private boolean oneFrame(ByteBuffer buffer) throws IOException {
        int start = buffer.position();
        int length = buffer.remaining() < 2 ? -1 : buffer.get(start + 1);
        int header = 2;
        if (length == 126) {
            length = buffer.remaining() < 4 ? -1 : buffer.getShort(start + 2);
            header = 4;
        }
        if (length < 0 || buffer.remaining() < header + length) {
            return false;
        }
        buffer.position(start + header + length);
        handle(buffer.get(start) & 0xFF, buffer, start + header, length);
        return true;
    }

    private void handle(int opcode, ByteBuffer buffer, int from, int length) throws IOException {
        if (opcode == TEXT) {
            owner.told();
        } else if (opcode == PING) {
            byte[] payload = new byte[length];
            buffer.get(from, payload);
            write(frame(PONG, payload));
        } else if (opcode == CLOSE) {
            throw new IOException("the server closed a session: " + buffer.getShort(from) + " "
                    + StandardCharsets.UTF_8.decode(buffer.slice(from + 2, length - 2)));
        } else {
            throw new IOException("a frame that is neither text nor a ping: " + opcode);
        }
    }
}
