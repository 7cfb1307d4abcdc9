package dev.chassis.hazelcast;

import dev.chassis.config.Checked;
import java.time.Duration;

/** The rules between keys, and those a type cannot say. Used by one thread, once. */
final class Rules {

    private final HazelcastConfig config;
    private final boolean devServices;
    private final Checked.Problems problems;
    private final String prefix;

    /**
     * Rules of a configuration.
     *
     * @param devServices whether an address may be missing
     */
    Rules(HazelcastConfig config, String prefix, boolean devServices, Checked.Problems problems) {
        this.config = config;
        this.devServices = devServices;
        this.prefix = prefix;
        this.problems = problems;
    }

    void check() {
        address();
        ecs();
        times();
        config.members().ifPresent(list -> list.forEach(this::member));
        config.nearCaches().forEach(this::nearCache);
    }

    private void address() {
        boolean given = Endpoint.isGiven(config);
        if (given && config.members().isPresent() && Endpoint.isOnEcs(config)) {
            add("members", "not set together with " + prefix + ".ecs.service-name or family");
        }
        if (given && config.clusterName().isEmpty()) {
            add("cluster-name", "the name of the cluster, because its address is given");
        }
        if (!given && !devServices) {
            // Also what keeps a member on ECS from joining whatever Hazelcast it finds (pitfall of the plugin without a
            // filter).
            add("members", "host:port of members, or " + prefix + ".ecs.service-name");
        }
    }

    private void ecs() {
        HazelcastConfig.Ecs ecs = config.ecs();
        if (ecs.serviceName().isPresent() && ecs.family().isPresent()) {
            add("ecs.family", "not set together with " + prefix + ".ecs.service-name");
        }
        if (!Endpoint.isOnEcs(config)) {
            ecs.cluster().ifPresent(cluster -> add("ecs.cluster", "set together with " + prefix + ".ecs.service-name"));
            ecs.region().ifPresent(region -> add("ecs.region", "set together with " + prefix + ".ecs.service-name"));
        }
    }

    private void times() {
        wholeSeconds("invocation-timeout", config.invocationTimeout());
        wholeSeconds("member.leave-timeout", config.member().leaveTimeout());
        if (config.heartbeatTimeout().minus(config.heartbeatInterval()).compareTo(config.heartbeatInterval()) < 0) {
            add("heartbeat-timeout", "at least twice " + prefix + ".heartbeat-interval, " + config.heartbeatInterval());
        }
        if (config.reconnectMaxDelay().compareTo(config.reconnectDelay()) < 0) {
            add("reconnect-max-delay", "at least " + prefix + ".reconnect-delay, " + config.reconnectDelay());
        }
    }

    private void member(String member) {
        if (!Endpoint.isHostAndPort(member)) {
            add("members", "each as host or host:port, not \"" + member + "\"");
        }
    }

    private void nearCache(String map, HazelcastConfig.NearCache cache) {
        if (config.mode() == HazelcastConfig.Mode.MEMBER) {
            add("near-caches." + map + ".max-entries", "no near cache where " + prefix + ".mode is member");
        }
        wholeSeconds("near-caches." + map + ".time-to-live", cache.timeToLive());
    }

    private void wholeSeconds(String key, Duration value) {
        if (value.toNanosPart() != 0) {
            add(key, "whole seconds, as Hazelcast counts them");
        }
    }

    private void add(String key, String expected) {
        problems.add(prefix + "." + key, expected);
    }
}
