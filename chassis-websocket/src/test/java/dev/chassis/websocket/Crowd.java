package dev.chassis.websocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Thousands of clients on one thread that do what they are told: a client that is closed with a time to come back comes back then, to the
 * second port.
 */
final class Crowd implements AutoCloseable {

    private static final Pattern RETRY = Pattern.compile("\\{\"retryMs\":(\\d+)}");
    private static final int CONNECTING_AT_ONCE = 100;

    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger returned = new AtomicInteger();
    final AtomicInteger restarts = new AtomicInteger();
    final AtomicInteger otherEnds = new AtomicInteger();
    final AtomicLong messages = new AtomicLong();

    private final Selector selector;
    private final int secondPort;
    private final PriorityQueue<Long> returning = new PriorityQueue<>();
    private final Thread thread = new Thread(this::run, "crowd");
    private int wanted;
    private int firstPort;
    private int connecting;
    private volatile boolean closed;

    Crowd(int count, int firstPort, int secondPort) throws IOException {
        this.wanted = count;
        this.firstPort = firstPort;
        this.secondPort = secondPort;
        this.selector = Selector.open();
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!closed) {
                while (wanted > 0 && connecting < CONNECTING_AT_ONCE) {
                    wanted--;
                    new Client(false).connect(firstPort);
                }
                long now = System.nanoTime();
                while (!returning.isEmpty() && returning.peek() - now <= 0) {
                    returning.remove();
                    new Client(true).connect(secondPort);
                }
                selector.select(5);
                for (SelectionKey key : selector.selectedKeys()) {
                    ((Client) key.attachment()).ready(key);
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        closed = true;
        selector.wakeup();
        thread.join();
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private final class Client {

        private final boolean second;
        private ByteBuffer in = ByteBuffer.allocate(512);
        private boolean upgraded;
        private boolean ended;

        Client(boolean second) {
            this.second = second;
        }

        void connect(int port) throws IOException {
            connecting++;
            SocketChannel channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(new InetSocketAddress("127.0.0.1", port)); // to the loopback, where it does not wait
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
            channel.write(
                    ByteBuffer.wrap(("GET /crowd HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII)));
        }

        void ready(SelectionKey key) throws IOException {
            SocketChannel channel = (SocketChannel) key.channel();
            int count;
            try {
                count = channel.read(in);
            } catch (IOException reset) {
                count = -1;
            }
            if (count < 0) {
                channel.close();
                end(-1, "");
                return;
            }
            in.flip();
            while (upgraded ? frame(channel) : upgrade()) {
                // one after the other
            }
            in.compact();
            if (!in.hasRemaining()) {
                in = ByteBuffer.allocate(in.capacity() * 2).put(in.flip());
            }
        }

        private boolean upgrade() {
            String head = new String(in.array(), in.position(), in.remaining(), StandardCharsets.ISO_8859_1);
            int end = head.indexOf("\r\n\r\n");
            if (end < 0) {
                return false;
            }
            if (!head.startsWith("HTTP/1.1 101 ")) {
                throw new IllegalStateException("refused: " + head);
            }
            in.position(in.position() + end + 4);
            upgraded = true;
            connecting--;
            (second ? returned : open).incrementAndGet();
            return true;
        }

        private boolean frame(SocketChannel channel) throws IOException {
            if (in.remaining() < 2) {
                return false;
            }
            int opcode = in.get(in.position()) & 0xf;
            int length = in.get(in.position() + 1);
            if (length > 125 || in.remaining() < 2 + length) {
                if (length > 125) {
                    throw new IllegalStateException("a long frame is not expected here");
                }
                return false;
            }
            byte[] payload = new byte[length];
            in.position(in.position() + 2);
            in.get(payload);
            if (opcode == 1) {
                messages.incrementAndGet();
            } else if (opcode == 8) {
                channel.write(
                        ByteBuffer.wrap(new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, payload[0], payload[1]}));
                String reason = new String(Arrays.copyOfRange(payload, 2, length), StandardCharsets.UTF_8);
                end(ByteBuffer.wrap(payload).getShort(), reason);
            }
            return true;
        }

        private void end(int code, String reason) {
            if (ended) {
                return;
            }
            ended = true;
            Matcher retry = RETRY.matcher(reason);
            if (code == 1012 && retry.matches()) {
                restarts.incrementAndGet();
                returning.add(System.nanoTime() + Long.parseLong(retry.group(1)) * 1_000_000);
            } else {
                otherEnds.incrementAndGet();
            }
        }
    }
}
