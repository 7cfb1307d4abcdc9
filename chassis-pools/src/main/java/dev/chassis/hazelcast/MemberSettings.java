package dev.chassis.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.PartitionGroupConfig.MemberGroupType;
import com.hazelcast.spi.properties.ClusterProperty;

/** Our configuration of a member in Hazelcast's terms. Stateless. */
final class MemberSettings {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int MERGE_SECONDS = 30;

    private MemberSettings() {}

    static Config of(HazelcastConfig config, Endpoint endpoint) {
        Config member = new Config();
        member.setClusterName(endpoint.clusterName());
        properties(member, config);
        network(member, config.member());
        join(member, endpoint);
        return member;
    }

    private static void properties(Config member, HazelcastConfig config) {
        set(member, ClusterProperty.LOGGING_TYPE.getName(), "slf4j");
        set(member, ClusterProperty.PHONE_HOME_ENABLED.getName(), false);
        // The chassis stops it in its turn; a hook of its own would leave the cluster beneath requests that still run.
        set(member, ClusterProperty.SHUTDOWNHOOK_ENABLED.getName(), false);
        set(
                member,
                ClusterProperty.GRACEFUL_SHUTDOWN_MAX_WAIT.getName(),
                config.member().leaveTimeout().toSeconds());
        set(
                member,
                ClusterProperty.MAX_JOIN_SECONDS.getName(),
                Math.max(1, config.connectTimeout().toSeconds()));
        // A member that found nobody looks again soon: Hazelcast's own five minutes are a long time to be two clusters.
        set(member, ClusterProperty.MERGE_FIRST_RUN_DELAY_SECONDS.getName(), MERGE_SECONDS);
        set(member, ClusterProperty.MERGE_NEXT_RUN_DELAY_SECONDS.getName(), MERGE_SECONDS);
    }

    private static void network(Config member, HazelcastConfig.Member settings) {
        NetworkConfig network = member.getNetworkConfig();
        network.setPort(settings.port()).setPortAutoIncrement(false).setReuseAddress(true);
        settings.publicAddress().ifPresent(network::setPublicAddress);
        settings.bindAddress().ifPresent(address -> bind(member, address));
    }

    private static void bind(Config member, String address) {
        member.getNetworkConfig().getInterfaces().setEnabled(true).addInterface(address);
        set(member, ClusterProperty.SOCKET_BIND_ANY.getName(), false);
    }

    private static void join(Config member, Endpoint endpoint) {
        JoinConfig join = member.getNetworkConfig().getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        if (!endpoint.ecs().isEmpty()) {
            join.getAwsConfig().setEnabled(true);
            endpoint.ecs().forEach(join.getAwsConfig()::setProperty);
            member.getPartitionGroupConfig().setEnabled(true).setGroupType(MemberGroupType.ZONE_AWARE);
        } else if (endpoint.members().isEmpty()) {
            bind(member, LOOPBACK); // alone, on a developer's machine
        } else {
            join.getTcpIpConfig().setEnabled(true).setMembers(endpoint.members());
        }
    }

    private static void set(Config member, String property, Object value) {
        member.setProperty(property, value.toString());
    }
}
