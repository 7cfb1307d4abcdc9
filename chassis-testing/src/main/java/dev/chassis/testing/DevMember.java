package dev.chassis.testing;

import com.hazelcast.config.Config;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.chassis.devservices.DevServer;
import java.net.InetSocketAddress;

/** A Hazelcast member in this JVM, on a free port of the loopback interface, that looks for nobody. Loaded only where Hazelcast is on the
 * class path. Stateless. */
final class DevMember {

    private static final String CLUSTER = "dev";
    private static final String LOOPBACK = "127.0.0.1";

    private DevMember() {}

    /** Starts it. The user name of what is returned is the name of the cluster. */
    static DevServer start() {
        HazelcastInstance member = Hazelcast.newHazelcastInstance(config());
        // Not its own hook, which takes its time to leave in good order.
        Runtime.getRuntime().addShutdownHook(new Thread(member.getLifecycleService()::terminate, "dev-member-end"));
        InetSocketAddress address =
                (InetSocketAddress) member.getLocalEndpoint().getSocketAddress();
        String url = LOOPBACK + ":" + address.getPort();
        return new DevServer(url, CLUSTER, "", "a Hazelcast member in this JVM, " + url);
    }

    private static Config config() {
        Config config = new Config();
        config.setClusterName(CLUSTER);
        config.setProperty(
                "hazelcast.logging.type", "none"); // a page of INFO lines about a server that nobody asked for
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.setProperty("hazelcast.map.invalidation.batchfrequency.seconds", "1");
        NetworkConfig network = config.getNetworkConfig();
        network.setPort(0).setPortAutoIncrement(false);
        network.getInterfaces().setEnabled(true).addInterface(LOOPBACK);
        network.getJoin().getMulticastConfig().setEnabled(false);
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        return config;
    }
}
