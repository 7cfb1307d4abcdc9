package dev.chassis.devservices;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ServiceLoader;

/**
 * What a part talks to in a training run ({@code --train}) in place of a real server: enough of the protocol for the part's client to
 * connect, log in and have its first commands answered, so that the classes, lambdas and hot methods of all that are in the JVM's archive. It keeps
 * nothing, checks nothing, and what it answers means nothing.
 *
 * <p>Found by {@link ServiceLoader}; the module that has the client has the server. It listens on a free port of loopback, is served by daemon
 * threads, and lives as long as the JVM. Implementations keep no state beyond one connection, which is one thread's.
 */
public abstract class TrainingServer {

    private static final int BACKLOG = 50;

    /** Which of the kinds of {@link DevServices} it stands for. */
    protected abstract String kind();

    /** How clients reach it at this port of 127.0.0.1. */
    protected abstract DevServer at(int port);

    /**
     * Serves one connection until the client ends it. Both streams are buffered; nothing is flushed but by whoever writes.
     *
     * @throws IOException when the client is gone; {@link java.io.EOFException} is the usual end
     */
    protected abstract void serve(DataInputStream in, DataOutputStream out) throws IOException;

    /** Listens from now on. */
    public final DevServer start() throws IOException {
        ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        daemon(() -> accept(listener));
        return at(listener.getLocalPort());
    }

    private void accept(ServerSocket listener) {
        try (listener) {
            while (true) {
                Socket client = listener.accept();
                daemon(() -> serve(client));
            }
        } catch (IOException e) {
            // The process ends.
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            serve(
                    new DataInputStream(new BufferedInputStream(client.getInputStream())),
                    new DataOutputStream(new BufferedOutputStream(client.getOutputStream())));
        } catch (IOException e) {
            // The client has seen enough.
        }
    }

    private void daemon(Runnable work) {
        Thread thread = new Thread(work, "training-" + kind());
        thread.setDaemon(true);
        thread.start();
    }
}
