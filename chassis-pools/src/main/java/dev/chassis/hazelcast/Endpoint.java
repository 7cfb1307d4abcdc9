package dev.chassis.hazelcast;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which cluster, and where. Immutable.
 *
 * @param clusterName its name
 * @param members {@code host:port} of members; empty where they are found on ECS, or where a member stands alone
 * @param ecs the properties of Hazelcast's discovery on ECS; empty where it is not used
 */
record Endpoint(String clusterName, List<String> members, Map<String, String> ecs) {

    private static final Pattern HOST_AND_PORT =
            Pattern.compile("[A-Za-z0-9._-]+(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]+](:[0-9]{1,5})?");

    /** The one that the configuration names. */
    static Endpoint given(HazelcastConfig config) {
        return new Endpoint(
                config.clusterName().orElseThrow(), config.members().orElse(List.of()), ecsProperties(config));
    }

    static boolean isGiven(HazelcastConfig config) {
        return config.members().isPresent() || isOnEcs(config);
    }

    static boolean isOnEcs(HazelcastConfig config) {
        return config.ecs().serviceName().isPresent() || config.ecs().family().isPresent();
    }

    static boolean isHostAndPort(String text) {
        return HOST_AND_PORT.matcher(text).matches();
    }

    /** For a message: where we looked. */
    String where() {
        return ecs.isEmpty() ? String.join(", ", members) : "ECS " + ecs;
    }

    // Hazelcast, "AWS Discovery", ECS configuration: service-name and family exclude each other.
    private static Map<String, String> ecsProperties(HazelcastConfig config) {
        Map<String, String> properties = new HashMap<>();
        if (isOnEcs(config)) {
            HazelcastConfig.Ecs ecs = config.ecs();
            ecs.serviceName().ifPresent(name -> properties.put("service-name", name));
            ecs.family().ifPresent(family -> properties.put("family", family));
            ecs.cluster().ifPresent(cluster -> properties.put("cluster", cluster));
            ecs.region().ifPresent(region -> properties.put("region", region));
            properties.put("hz-port", String.valueOf(config.member().port()));
        }
        return Map.copyOf(properties);
    }
}
