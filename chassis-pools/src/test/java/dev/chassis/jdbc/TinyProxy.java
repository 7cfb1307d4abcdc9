package dev.chassis.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A way to a server that can lead elsewhere for new connections, stop forwarding without closing, or cut an answer off. */
final class TinyProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition thawed = lock.newCondition();
    private volatile int target;
    private volatile boolean losing;
    private boolean frozen; // guarded by lock

    TinyProxy(int target) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        daemon(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Where connections go that are made from now on. */
    void leadTo(int port) {
        target = port;
    }

    /** From now on bytes are taken and forwarded to nobody; connections stay open. */
    void freeze() {
        setFrozen(true);
    }

    /** Bytes that were held back go on. */
    void thaw() {
        setFrozen(false);
    }

    /** The next answer of the server is lost, and its connection with it; what asked for it has arrived. */
    void loseNextAnswer() {
        losing = true;
    }

    @Override
    public void close() throws IOException {
        thaw();
        listener.close();
    }

    private void setFrozen(boolean value) {
        lock.lock();
        try {
            frozen = value;
            thawed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                daemon(() -> connect(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            daemon(() -> pump(client, server, false));
            pump(server, client, true);
        } catch (IOException e) {
            close(client);
        }
    }

    private void pump(Socket from, Socket to, boolean answers) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                awaitThaw();
                if (answers && losing) {
                    losing = false;
                    return;
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            // one side is gone, and the other follows
        }
    }

    private void awaitThaw() {
        lock.lock();
        try {
            while (frozen) {
                thawed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "tiny-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
