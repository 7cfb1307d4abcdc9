package dev.chassis.departure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a load balancer does to the connections of a target: new ones go to whoever is registered, and those of a target that no longer is are cut
 * without a word when its deregistration delay is over. Knows no HTTP.
 */
final class FakeBalancer implements AutoCloseable {

    private record Connection(int target, Socket client, Socket server) {

        void cut() {
            try {
                client.close();
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final ServerSocket listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile int target;

    FakeBalancer(int target) throws IOException {
        this.target = target;
        run("accept", this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** New connections go there from now on. */
    void register(int other) {
        target = other;
    }

    /** The end of the deregistration delay. Returns how many were cut. */
    long cut(int former) {
        return connections.stream()
                .filter(connection -> connection.target() == former)
                .peek(Connection::cut)
                .count();
    }

    long connections(int of) {
        return connections.stream()
                .filter(connection -> connection.target() == of)
                .count();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                int chosen = target;
                Socket server = new Socket();
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), chosen));
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                Connection connection = new Connection(chosen, client, server);
                connections.add(connection);
                run("up", () -> copy(connection, client, server));
                run("down", () -> copy(connection, server, client));
            } catch (IOException e) {
                // the listener is closed, or a target is: the client comes again
            }
        }
    }

    /** Until either side ends; what was read before is written before. */
    private void copy(Connection connection, Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] some = new byte[8192];
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                out.write(some, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            connection.cut();
        }
        if (connections.remove(connection)) {
            return; // the other direction may still have something
        }
        connection.cut();
    }

    private static void run(String name, Runnable task) {
        Thread thread = new Thread(task, "balancer-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        connections.forEach(Connection::cut);
    }
}
