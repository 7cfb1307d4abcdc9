package dev.chassis.hazelcast;

import dev.chassis.health.Health;
import dev.chassis.health.HealthCheck;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Reads a key that nobody writes, a different one each time, so that in time every member is asked. Thread-safe. */
final class Ping implements HealthCheck {

    private static final String MAP = "chassis.ping";
    private static final int KEYS = 1_000;

    private final String name;
    private final boolean critical;
    private final Supplier<Node> node;

    Ping(String name, boolean critical, Supplier<Node> node) {
        this.name = name;
        this.critical = critical;
        this.node = node;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean critical() {
        return critical;
    }

    @Override
    public Health check() throws Exception {
        Node asked = node.get();
        // Asynchronously, because only so an interrupt ends the wait when the check's time is over.
        asked.instance()
                .getMap(MAP)
                .getAsync(ThreadLocalRandom.current().nextInt(KEYS))
                .toCompletableFuture()
                .get();
        if (!asked.isClient() && !asked.instance().getPartitionService().isLocalMemberSafe()) {
            return Health.degraded("partitions of this member lack backups");
        }
        return asked.health();
    }
}
