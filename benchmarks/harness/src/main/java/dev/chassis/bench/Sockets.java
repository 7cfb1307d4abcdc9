package dev.chassis.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Many WebSocket sessions to one server on one thread, which counts what they are told. */
final class Sockets implements AutoCloseable {
    private static final int CONNECTING = 128;
    private static final long PATIENCE_MILLIS = 60_000;

    private final Selector selector = Selector.open();
    private final InetSocketAddress server;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private final List<SocketSession> sessions = new ArrayList<>();
    private final Latencies latencies = new Latencies(Duration.ofSeconds(20));
    private int open;
    private long begun;

    Sockets(int port) throws IOException {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Opens that many sessions, a few at a time, and returns when the server has answered 101 to all. */
    void open(String path, int count) throws IOException {
        while (open < count) {
            while (sessions.size() < count && sessions.size() - open < CONNECTING) {
                sessions.add(new SocketSession(this, selector, server, path));
            }
            select();
        }
    }

    /** Has the server tell every session {@code count} messages, and returns when each has arrived at each. */
    void burst(int count, int size) throws IOException {
        long expected = latencies.count() + (long) count * sessions.size();
        begun = System.nanoTime();
        sessions.get(0).send("burst " + count + " " + size);
        runUntil(() -> latencies.count() >= expected);
    }

    Latencies latencies() {
        return latencies;
    }

    void opened() {
        open++;
    }

    void told() {
        latencies.answered(200, System.nanoTime() - begun);
    }

    ByteBuffer buffer() {
        return buffer.clear();
    }

    @Override
    public void close() throws IOException {
        for (SocketSession session : sessions) {
            session.close();
        }
        selector.close();
    }

    private void runUntil(BooleanSupplier done) throws IOException {
        while (!done.getAsBoolean()) {
            select();
        }
    }

    private void select() throws IOException {
        if (selector.select(PATIENCE_MILLIS) == 0) {
            throw new IOException("the server was silent for a minute");
        }
        for (SelectionKey key : selector.selectedKeys()) {
            ((SocketSession) key.attachment()).ready();
        }
        selector.selectedKeys().clear();
    }
}
