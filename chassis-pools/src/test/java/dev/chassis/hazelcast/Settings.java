package dev.chassis.hazelcast;

import dev.chassis.config.Configuration;
import java.util.HashMap;
import java.util.Map;

/** Pools as tests configure them: keys without their prefix, the environment of the machine hidden. */
final class Settings {

    private Settings() {}

    static HazelcastConfig of(Map<String, String> keys) {
        Map<String, String> overrides = new HashMap<>();
        keys.forEach((key, value) -> overrides.put("chassis.hazelcast." + key, value));
        Configuration configuration = Configuration.load(Map.of(), Map.of(), overrides);
        HazelcastConfig config = configuration.bind(HazelcastConfig.class);
        configuration.verify();
        return config;
    }

    /** A client of this cluster, with what else is set. */
    static HazelcastPool client(String cluster, String members, Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(more);
        keys.put("cluster-name", cluster);
        keys.put("members", members);
        return HazelcastPool.of("hazelcast", of(keys));
    }

    /** A member of this cluster on this port, which looks for others at these addresses. */
    static HazelcastPool member(String cluster, int port, String members, Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(more);
        keys.put("mode", "member");
        keys.put("cluster-name", cluster);
        keys.put("members", members);
        keys.put("member.port", String.valueOf(port));
        keys.put("member.bind-address", "127.0.0.1");
        return HazelcastPool.of("member-" + port, of(keys))
                .withMemberConfig(config -> config.setProperty("hazelcast.partition.count", "31")
                        .setProperty("hazelcast.wait.seconds.before.join", "1"));
    }
}
