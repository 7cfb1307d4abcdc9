package dev.chassis.testing;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A client's connection and the one to the server behind it.
 *
 * <p>I1: each direction has one thread, which alone reads that direction. I2: the last of them to end closes both sockets and tells that
 * the connection is over. Thread-safe.
 */
final class ProxiedConnection {

    private static final long JOIN_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final Socket client;
    private final Socket server = new Socket();
    private final Consumer<ProxiedConnection> onEnd;
    private final AtomicInteger running = new AtomicInteger(2);
    private final Thread up;
    private final Thread down;

    ProxiedConnection(
            Socket client, ProxyDirection toServer, ProxyDirection toClient, Consumer<ProxiedConnection> onEnd) {
        this.client = client;
        this.onEnd = onEnd;
        this.up = daemon("fault-proxy-to-server", () -> copy(toServer, client, server));
        this.down = daemon("fault-proxy-to-client", () -> copy(toClient, server, client));
    }

    /** Connects to the server, on the calling thread, and begins to forward; without a server the client is reset. */
    void start(SocketAddress address) {
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(address);
            up.start();
            down.start();
        } catch (IOException e) {
            reset();
            onEnd.accept(this);
        }
    }

    /** Closes both sides so that their peers see a reset. Idempotent. */
    void reset() {
        abort(client);
        abort(server);
        up.interrupt();
        down.interrupt();
    }

    /** Waits for its threads. */
    void join() {
        join(up);
        join(down);
    }

    static void join(Thread thread) {
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void copy(ProxyDirection direction, Socket from, Socket to) {
        try {
            direction.copy(from, to);
        } catch (IOException e) {
            reset(); // whatever failed on one side, the other learns of it as it would from a network
        } catch (InterruptedException e) {
            // It was reset.
        } finally {
            if (running.decrementAndGet() == 0) {
                FaultProxy.closeQuietly(client);
                FaultProxy.closeQuietly(server);
                onEnd.accept(this);
            }
        }
    }

    private static void abort(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException closed) {
            // Nothing to reset.
        }
        FaultProxy.closeQuietly(socket);
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
