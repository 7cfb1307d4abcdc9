package dev.chassis.example.games;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.chassis.testing.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A Hazelcast member in this JVM that clients reach through a proxy only, so that a test can cut it off. Used by one thread. */
final class Member implements AutoCloseable {

    private final int port = freePort();
    private final FaultProxy proxy = FaultProxy.to("127.0.0.1", port);
    private HazelcastInstance member = start();

    /** Where clients find it. */
    String address() {
        return "127.0.0.1:" + proxy.port();
    }

    FaultProxy proxy() {
        return proxy;
    }

    /** How many entries a map has. */
    int size(String map) {
        return member.getMap(map).size();
    }

    /** Puts something where the cache has a list. */
    void put(String map, String key, String value) {
        member.getMap(map).set(key, value);
    }

    void kill() {
        member.getLifecycleService().terminate();
    }

    void restart() {
        member = start();
    }

    @Override
    public void close() {
        kill();
        proxy.close();
    }

    private HazelcastInstance start() {
        Config config = new Config();
        config.setClusterName("games");
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.partition.count", "31");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.getNetworkConfig().setPort(port).setPortAutoIncrement(false).setPublicAddress(address());
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        return Hazelcast.newHazelcastInstance(config);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
