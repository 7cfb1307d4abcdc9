package dev.chassis.messaging;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.chassis.lifecycle.Component;
import dev.chassis.time.Deadline;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A connection to a real broker that is opened when somebody asks for it, and anew when it has broken. No supervisor: for consumers alone. */
final class TestLinks implements Links, Component {

    private final ConnectionFactory factory = new ConnectionFactory();
    /** What the broker is to say of itself; empty for the truth. */
    volatile Map<String, Object> pretended = Map.of();

    final List<Channel> channels = new CopyOnWriteArrayList<>();
    private @Nullable Link link;
    private long generation;
    private boolean stopped;

    TestLinks(int port) {
        factory.setHost("127.0.0.1");
        factory.setPort(port);
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setChannelRpcTimeout(5_000);
        factory.setRequestedHeartbeat(5);
        factory.setConnectionTimeout(2_000);
        factory.setHandshakeTimeout(2_000);
    }

    @Override
    public synchronized @Nullable Link current() {
        if (link == null || !link.connection().isOpen()) {
            link = stopped ? null : open();
        }
        return link;
    }

    @Override
    public @Nullable Link await(Deadline deadline) throws InterruptedException {
        Link now = current();
        while (now == null && !deadline.isExpired()) {
            Thread.sleep(20); // The pace of a reconnect.
            now = current();
        }
        return now;
    }

    @Override
    public synchronized boolean isStopped() {
        return stopped;
    }

    @Override
    public String name() {
        return "rabbit";
    }

    @Override
    public void start(Deadline deadline) {}

    @Override
    public synchronized void stop(Deadline deadline) {
        stopped = true;
        if (link != null) {
            link.connection().abort(2_000);
        }
    }

    private @Nullable Link open() {
        try {
            return new Link(++generation, watched(factory.newConnection()), new Topology());
        } catch (IOException | TimeoutException | RuntimeException e) {
            return null;
        }
    }

    /** The same connection; what channels are opened on it is remembered. */
    private Connection watched(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                TestLinks.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(connection, arguments);
                        if (method.getName().equals("getServerProperties") && !pretended.isEmpty()) {
                            return pretended;
                        }
                        if (result instanceof Channel channel) {
                            channels.add(channel);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
