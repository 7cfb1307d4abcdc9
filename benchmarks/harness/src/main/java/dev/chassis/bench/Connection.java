package dev.chassis.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** One keep-alive connection with at most one request under way. Connects when a request needs it; loop thread only. */
final class Connection {
    /** Told how a request ended; by then the connection is free for the next one. */
    interface Owner {
        void answered(Connection connection, int status, long nanos);

        void broken(Connection connection, IOException cause);
    }

    private final Owner owner;
    private final Selector selector;
    private final SocketAddress server;
    private final ByteBuffer request;
    private final ResponseReader response = new ResponseReader();
    private SocketChannel channel;
    private SelectionKey key;
    private boolean busy;
    private long begun;

    /** Connections to a port of this machine that ask for one path. */
    static List<Connection> toLoopback(int port, String path, int count, Owner owner, Selector selector) {
        SocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        return Stream.generate(() -> new Connection(owner, selector, server, request))
                .limit(count)
                .toList();
    }

    private Connection(Owner owner, Selector selector, SocketAddress server, byte[] request) {
        this.owner = owner;
        this.selector = selector;
        this.server = server;
        this.request = ByteBuffer.allocateDirect(request.length).put(request);
    }

    /** Begins a request; the time it takes is counted from that nano time. */
    void begin(long since) {
        busy = true;
        begun = since;
        try {
            if (channel == null) {
                connect();
            } else {
                send();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** The selector has something for the connection of that key. */
    static void ready(SelectionKey key) {
        if (key.isValid()) {
            ((Connection) key.attachment()).ready();
        }
    }

    private void ready() {
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                send();
            } else {
                receive();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    void close() {
        if (channel != null) {
            closeQuietly();
            channel = null;
        }
    }

    private void connect() throws IOException {
        response.clear();
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = channel.register(selector, SelectionKey.OP_CONNECT, this);
        if (channel.connect(server)) {
            key.interestOps(SelectionKey.OP_READ);
            send();
        }
    }

    private void send() throws IOException {
        request.rewind();
        channel.write(request);
        if (request.hasRemaining()) {
            throw new IOException("the socket did not take the whole request");
        }
    }

    private void receive() throws IOException {
        if (!response.readFrom(channel)) {
            throw new EOFException("the server closed the connection");
        }
        if (response.isComplete()) {
            finish();
        }
    }

    private void finish() throws IOException {
        if (!busy) {
            throw new IOException("an answer to no request");
        }
        busy = false;
        int status = response.status();
        if (response.closing()) {
            close();
        }
        response.clear();
        owner.answered(this, status, System.nanoTime() - begun);
    }

    /** A server may close an idle connection; only a request that was begun can fail. */
    private void fail(IOException cause) {
        close();
        if (busy) {
            busy = false;
            owner.broken(this, cause);
        }
    }

    private void closeQuietly() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // There is nothing left to lose on it.
        }
    }
}
