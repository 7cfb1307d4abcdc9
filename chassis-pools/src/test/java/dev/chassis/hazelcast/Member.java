package dev.chassis.hazelcast;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** A member in this JVM, on loopback, that finds nobody. */
final class Member implements AutoCloseable {

    private final HazelcastInstance instance;
    private final int port;

    private Member(HazelcastInstance instance, int port) {
        this.instance = instance;
        this.port = port;
    }

    static Member start(String cluster) {
        return start(cluster, freePort(), config -> {});
    }

    static Member start(String cluster, int port, Consumer<Config> customizer) {
        quiet();
        Config config = config(cluster, port);
        customizer.accept(config);
        return new Member(Hazelcast.newHazelcastInstance(config), port);
    }

    static Config config(String cluster, int port) {
        Config config = new Config();
        config.setClusterName(cluster);
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.partition.count", "31");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.getNetworkConfig().setPort(port).setPortAutoIncrement(false);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        return config;
    }

    /** Hazelcast tells its life at INFO, and every lost connection at WARN. */
    static void quiet() {
        Library.logLikeTheRest();
        ((Logger) LoggerFactory.getLogger("com.hazelcast")).setLevel(Level.OFF);
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HazelcastInstance instance() {
        return instance;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        instance.getLifecycleService().terminate();
    }
}
