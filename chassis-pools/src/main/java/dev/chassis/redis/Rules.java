package dev.chassis.redis;

import dev.chassis.config.Checked.Problems;
import dev.chassis.devservices.DevServices;
import dev.chassis.redis.RedisConfig.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The rules between the keys of a pool, and what an address may look like. */
record Rules(String prefix, RedisConfig config) {

    private static final String URL = "redis://host:port or rediss://host:port, and nothing else";

    void check(Problems problems) {
        switch (config.mode()) {
            case STANDALONE -> standalone(problems);
            case SENTINEL -> sentinel(problems);
            case CLUSTER -> cluster(problems);
        }
        config.url().filter(url -> !Address.isUrl(url)).ifPresent(url -> add(problems, "url", URL));
        nodes().stream()
                .filter(node -> !Address.isHostAndPort(node))
                .findFirst()
                .ifPresent(node -> add(problems, "nodes", "host:port, more of them with commas between"));
        limits(problems);
    }

    private void standalone(Problems problems) {
        unused(problems, "nodes", config.nodes().isPresent());
        unused(problems, "master-id", config.masterId().isPresent());
        if (config.url().isEmpty() && DevServices.available().isEmpty()) {
            add(
                    problems,
                    "url",
                    URL + "; or chassis-testing on the class path of a developer's machine, which starts a server");
        }
        tlsByUrl(problems);
    }

    private void sentinel(Problems problems) {
        unused(problems, "url", config.url().isPresent());
        required(problems, "nodes", nodes().isEmpty());
        required(problems, "master-id", config.masterId().isEmpty());
    }

    private void cluster(Problems problems) {
        unused(problems, "master-id", config.masterId().isPresent());
        if (config.url().isPresent() == !nodes().isEmpty()) {
            add(problems, "url", "with mode cluster either " + key("url") + " or " + key("nodes"));
        }
        if (config.database() != 0) {
            add(problems, "database", "0 with mode cluster");
        }
        if (config.url().isPresent()) {
            tlsByUrl(problems);
        }
    }

    private void tlsByUrl(Problems problems) {
        if (config.tls().enabled()
                && config.url().filter(url -> !url.startsWith("rediss://")).isPresent()) {
            add(problems, "tls.enabled", "false, or a " + key("url") + " that begins with rediss://");
        }
    }

    private void limits(Problems problems) {
        if (config.reconnectMax().compareTo(config.reconnectMin()) < 0) {
            add(problems, "reconnect-max", "at least " + key("reconnect-min"));
        }
        if (config.username().isPresent() && LinkSettings.password(config).isEmpty()) {
            add(problems, "password", "the password of " + key("username"));
        }
        config.tls()
                .caFile()
                .filter(file -> !Files.isReadable(Path.of(file)))
                .ifPresent(file -> add(problems, "tls.ca-file", "a PEM file that can be read"));
    }

    private void required(Problems problems, String key, boolean missing) {
        if (missing) {
            add(problems, key, "a value with mode " + mode());
        }
    }

    private void unused(Problems problems, String key, boolean present) {
        if (present) {
            add(problems, key, "nothing with mode " + mode());
        }
    }

    private List<String> nodes() {
        return config.nodes().orElse(List.of());
    }

    private String mode() {
        return config.mode().name().toLowerCase(java.util.Locale.ROOT);
    }

    private void add(Problems problems, String key, String expected) {
        problems.add(key(key), expected);
    }

    private String key(String key) {
        return prefix + "." + key;
    }

    /** Whether commands go to nodes by key. */
    static boolean isCluster(RedisConfig config) {
        return config.mode() == Mode.CLUSTER;
    }
}
