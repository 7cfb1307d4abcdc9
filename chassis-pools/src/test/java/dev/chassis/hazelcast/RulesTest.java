package dev.chassis.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.PartitionGroupConfig;
import dev.chassis.config.ConfigException;
import dev.chassis.config.Configuration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What may be set, and what becomes of it. */
class RulesTest {

    private static final Map<String, String> GOOD =
            Map.of("cluster-name", "orders", "members", "10.0.0.1,hz.local:5702");

    @Test
    void goodSettingsHaveNoProblems() {
        assertThat(problems(Map.of())).isEmpty();
        assertThat(problems(Map.of("members", "[::1]:5701"))).isEmpty();
    }

    @Test
    void anAddressNeedsTheClustersName() {
        assertThat(problems(Map.of("cluster-name", "")))
                .containsExactly("cluster-name: the name of the cluster, because its address is given");
    }

    @Test
    void membersAreHostsWithPorts() {
        assertThat(problems(Map.of("members", "http://hz:5701")))
                .containsExactly("members: each as host or host:port, not \"http://hz:5701\"");
    }

    @Test
    void membersAreGivenOrFoundButNotBoth() {
        assertThat(problems(Map.of("ecs.service-name", "cache")))
                .containsExactly("members: not set together with chassis.hazelcast.ecs.service-name or family");
    }

    @Test
    void ecsNeedsOneFilter() {
        assertThat(problems(Map.of("members", "", "ecs.service-name", "a", "ecs.family", "b")))
                .containsExactly("ecs.family: not set together with chassis.hazelcast.ecs.service-name");
        assertThat(problems(Map.of("ecs.cluster", "c")))
                .containsExactly("ecs.cluster: set together with chassis.hazelcast.ecs.service-name");
    }

    @Test
    void withoutDevServicesClientsAndMembersNeedAnAddress() {
        for (String mode : List.of("client", "member")) {
            List<String> found = new ArrayList<>();
            HazelcastConfig config = Settings.of(Map.of("mode", mode, "cluster-name", "orders"));
            new Rules(config, "chassis.hazelcast", false, (key, expected) -> found.add(key + ": " + expected)).check();
            assertThat(found)
                    .containsExactly(
                            "chassis.hazelcast.members: host:port of members, or chassis.hazelcast.ecs.service-name");
        }
    }

    @Test
    void timesFitTogether() {
        assertThat(problems(Map.of("invocation-timeout", "1500ms")))
                .containsExactly("invocation-timeout: whole seconds, as Hazelcast counts them");
        assertThat(problems(Map.of("heartbeat-interval", "10s")))
                .containsExactly("heartbeat-timeout: at least twice chassis.hazelcast.heartbeat-interval, PT10S");
        assertThat(problems(Map.of("reconnect-delay", "10s")))
                .containsExactly("reconnect-max-delay: at least chassis.hazelcast.reconnect-delay, PT10S");
    }

    @Test
    void aMemberHasNoNearCache() {
        assertThat(problems(Map.of("mode", "member", "near-caches.orders.max-entries", "10")))
                .containsExactly(
                        "near-caches.orders.max-entries: no near cache where chassis.hazelcast.mode is member");
    }

    @Test
    void aValueOutsideItsRangeIsAProblemLikeAnyOther() {
        assertThatThrownBy(() -> Settings.of(Map.of("member.port", "65536")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("chassis.hazelcast.member.port");
    }

    @Test
    void aClientFindsMembersOnEcsByTheFilter() {
        HazelcastConfig config = Settings.of(Map.of(
                "cluster-name",
                "orders",
                "ecs.service-name",
                "cache",
                "ecs.cluster",
                "prod",
                "ecs.region",
                "eu-west-1"));
        ClientConfig client = ClientSettings.of(config, "hazelcast", Endpoint.given(config));

        assertThat(client.getNetworkConfig().getAwsConfig().isEnabled()).isTrue();
        assertThat(client.getNetworkConfig().getAwsConfig().getProperties())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("service-name", "cache", "cluster", "prod", "region", "eu-west-1", "hz-port", "5701"));
        assertThat(client.getNetworkConfig().getAddresses()).isEmpty();
    }

    @Test
    void aMemberOnEcsKeepsBackupsInAnotherZoneAndTellsNobodyOfItself() {
        HazelcastConfig config =
                Settings.of(Map.of("mode", "member", "cluster-name", "orders", "ecs.family", "orders-task"));
        Config member = MemberSettings.of(config, Endpoint.given(config));

        assertThat(member.getNetworkConfig().getJoin().getAwsConfig().getProperties())
                .containsEntry("family", "orders-task");
        assertThat(member.getNetworkConfig().getJoin().getMulticastConfig().isEnabled())
                .isFalse();
        assertThat(member.getPartitionGroupConfig().getGroupType())
                .isEqualTo(PartitionGroupConfig.MemberGroupType.ZONE_AWARE);
        assertThat(member.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
        assertThat(member.getProperty("hazelcast.shutdownhook.enabled")).isEqualTo("false");
    }

    private static List<String> problems(Map<String, String> changes) {
        Map<String, String> overrides = new HashMap<>();
        GOOD.forEach((key, value) -> overrides.put("chassis.hazelcast." + key, value));
        changes.forEach((key, value) -> overrides.put("chassis.hazelcast." + key, value));
        HazelcastConfig config =
                Configuration.load(Map.of(), Map.of(), overrides).bind(HazelcastConfig.class);
        List<String> found = new ArrayList<>();
        HazelcastPool.of("hazelcast", config)
                .check((key, expected) -> found.add(key.substring("chassis.hazelcast.".length()) + ": " + expected));
        return found;
    }
}
