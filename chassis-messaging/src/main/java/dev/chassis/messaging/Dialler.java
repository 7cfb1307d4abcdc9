package dev.chassis.messaging;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MetricsCollector;
import com.rabbitmq.client.impl.ForgivingExceptionHandler;
import com.rabbitmq.client.impl.FrameHandlerFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Opens connections of one role to any node that answers. Used by one thread at a time; {@link #cut} by any.
 *
 * <p>The client's own recovery is off: it never heals a closed channel, and calls a topology recovered that is not
 * (rabbitmq/rabbitmq-java-client#677).
 */
final class Dialler {

    private final String connectionName;
    private final RabbitConfig config;
    private final Target target;
    private final Sockets sockets;
    private final @Nullable MetricsCollector metrics;
    private final ThreadFactory threads;
    private volatile @Nullable Socket dialling;
    private volatile boolean ended;

    Dialler(
            String connectionName,
            RabbitConfig config,
            Target target,
            Sockets sockets,
            @Nullable MetricsCollector metrics) {
        this.connectionName = connectionName;
        this.config = config;
        this.target = target;
        this.sockets = sockets;
        this.metrics = metrics;
        this.threads = daemons(connectionName);
    }

    /**
     * Resolves every name, and tries every address once, in random order, until one answers. Blocks.
     *
     * @throws DialException if none did
     */
    Connection dial() throws DialException {
        List<Exception> failures = new ArrayList<>();
        for (InetSocketAddress address : addresses(failures)) {
            try {
                return new Factory(address).newConnection(List.of(new com.rabbitmq.client.Address("")), connectionName);
            } catch (IOException | TimeoutException | RuntimeException e) {
                failures.add(e);
            } finally {
                forget();
            }
        }
        throw DialException.of(target, failures);
    }

    /** Ends an attempt that is under way, and every later one; it fails at once. Any thread. */
    void cut() {
        ended = true;
        Socket socket = dialling;
        if (socket != null) {
            Sockets.close(socket);
        }
    }

    private void forget() {
        dialling = null;
    }

    private List<InetSocketAddress> addresses(List<Exception> failures) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (HostPort node : target.nodes()) {
            try {
                addresses.addAll(node.resolve());
            } catch (UnknownHostException e) {
                failures.add(e);
            }
        }
        Collections.shuffle(addresses); // so that the tasks spread over the nodes
        return addresses;
    }

    /** Threads of the client must not keep the process alive. */
    private static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Everything about one attempt; the client's class of that name is also where it is told which socket to use. */
    private final class Factory extends ConnectionFactory {

        private final InetSocketAddress address;

        Factory(InetSocketAddress address) {
            this.address = address;
            setUsername(target.username());
            setPassword(target.password());
            setVirtualHost(config.virtualHost());
            setAutomaticRecoveryEnabled(false);
            setTopologyRecoveryEnabled(false);
            setRequestedHeartbeat((int) config.heartbeat().toSeconds());
            setConnectionTimeout(Sockets.millis(config.connectTimeout()));
            setHandshakeTimeout(Sockets.millis(config.handshakeTimeout()));
            setChannelRpcTimeout(Sockets.millis(config.rpcTimeout()));
            setThreadFactory(threads);
            setSharedExecutor(new ReaderThread());
            setExceptionHandler(new Quiet());
            if (metrics != null) {
                setMetricsCollector(metrics);
            }
        }

        private void created(Socket socket) {
            dialling = socket;
            if (ended) {
                Sockets.close(socket);
            }
        }

        @Override
        protected FrameHandlerFactory createFrameHandlerFactory() {
            return (unused, name) -> sockets.open(address, this::created);
        }
    }

    /** The supervisor says itself that a connection is lost, and why. */
    private static final class Quiet extends ForgivingExceptionHandler {

        @Override
        public void handleUnexpectedConnectionDriverException(Connection connection, Throwable exception) {
            LoggerFactory.getLogger(Dialler.class).debug("a connection is lost", exception);
        }
    }
}
