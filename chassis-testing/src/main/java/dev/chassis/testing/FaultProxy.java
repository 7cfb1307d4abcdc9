package dev.chassis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A network between a client and a real server that fails on request: a TCP proxy on loopback, in this JVM.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.to("127.0.0.1", server.port())) {
 *     connectTo(proxy.port());
 *     proxy.stall();        // half-open: connections stay, nothing arrives
 *     proxy.forward();      // as if nothing had been; what was on its way arrives
 *     proxy.cut();          // every connection is reset
 *     proxy.refuse();       // nobody listens until forward()
 * }
 * }</pre>
 *
 * <p>Thread-safe. It has two daemon threads per connection and one that accepts; when {@link #close} returns they have ended.
 */
public final class FaultProxy implements AutoCloseable {

    private final InetSocketAddress server;
    private final int port;
    private final Stall stall = new Stall();
    private final ProxyDirection toServer = new ProxyDirection(stall);
    private final ProxyDirection toClient = new ProxyDirection(stall);
    private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();

    // I1: guarded by this. Either a listener (forward, stall), or a placeholder (refused), or neither (closed).
    private @Nullable Listener listener;
    private @Nullable Socket placeholder;

    private FaultProxy(InetSocketAddress server) throws IOException {
        this.server = server;
        this.listener = new Listener(0);
        this.port = listener.socket.getLocalPort();
        listener.start();
    }

    /**
     * A proxy that forwards to this server. Where nobody answers there, the client is reset.
     *
     * @throws UncheckedIOException if no port can be had
     */
    public static FaultProxy to(String host, int port) {
        try {
            return new FaultProxy(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new UncheckedIOException("no port for a proxy to " + host + ":" + port, e);
        }
    }

    /** The port to connect to, on 127.0.0.1. The same for life. */
    public int port() {
        return port;
    }

    /**
     * Forwards again: ends a stall and a refusal. Delays stay.
     *
     * @throws UncheckedIOException if the port was taken by somebody else meanwhile
     */
    public synchronized void forward() {
        stall.end();
        if (placeholder != null) {
            closeQuietly(placeholder);
            placeholder = null;
            listener = listen();
        }
    }

    /**
     * Half-open: connections stay open, new ones are accepted, and nothing is forwarded either way, closing included, until {@link
     * #forward}. Nothing is lost.
     */
    public void stall() {
        stall.begin();
    }

    /** Resets every open connection on both sides. New connections are accepted as before. */
    public void cut() {
        open.forEach(ProxiedConnection::reset);
    }

    /** Closes the listener: new connections are refused until {@link #forward}. Open ones stay, unless {@link #cut} is called, too. */
    public synchronized void refuse() {
        if (listener != null) {
            listener.end();
            listener = null;
            placeholder = held();
        }
    }

    /** Holds what the client sends for this long, one piece after the other; zero ends that. Takes effect with the next piece. */
    public void delayToServer(Duration delay) {
        toServer.delay(delay);
    }

    /** Holds what the server sends for this long, one piece after the other; zero ends that. Takes effect with the next piece. */
    public void delayToClient(Duration delay) {
        toClient.delay(delay);
    }

    /** How many connections have been accepted. */
    public long connections() {
        return accepted.get();
    }

    /** How many connections are open. */
    public int openConnections() {
        return open.size();
    }

    /** How many bytes have been forwarded to the server. */
    public long bytesToServer() {
        return toServer.bytes();
    }

    /** How many bytes have been forwarded to clients. */
    public long bytesToClient() {
        return toClient.bytes();
    }

    /** Resets what is open and ends every thread. Idempotent. */
    @Override
    public synchronized void close() {
        if (listener != null) {
            listener.end();
            listener = null;
        }
        if (placeholder != null) {
            closeQuietly(placeholder);
            placeholder = null;
        }
        for (ProxiedConnection connection : open) {
            connection.reset();
            connection.join();
        }
    }

    static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception ignored) {
            // It is gone either way.
        }
    }

    private Listener listen() {
        try {
            Listener made = new Listener(port);
            made.start();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be listened on again", e);
        }
    }

    // Bound without listening: connecting is refused, and the system gives the port to nobody else.
    private Socket held() {
        Socket socket = new Socket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException unheld) {
            // Then it is not held: refusing works all the same.
        }
        return socket;
    }

    private void accept(Socket client) {
        accepted.incrementAndGet();
        ProxiedConnection connection = new ProxiedConnection(client, toServer, toClient, open::remove);
        open.add(connection);
        connection.start(server);
    }

    /** Accepts on a thread of its own until it is ended. */
    private final class Listener implements Runnable {

        private final ServerSocket socket = new ServerSocket();
        private final Thread thread = new Thread(this, "fault-proxy-accept");

        Listener(int port) throws IOException {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }

        void start() {
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void run() {
            try {
                while (true) {
                    FaultProxy.this.accept(socket.accept());
                }
            } catch (IOException ended) {
                // The socket was closed.
            }
        }

        void end() {
            closeQuietly(socket);
            ProxiedConnection.join(thread);
        }
    }
}
