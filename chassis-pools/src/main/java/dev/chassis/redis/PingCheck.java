package dev.chassis.redis;

import dev.chassis.health.Health;
import dev.chassis.health.HealthCheck;
import java.time.Duration;

/** The ping on the schedule of the health checks. */
final class PingCheck implements HealthCheck {

    private final String name;
    private final RedisConfig config;
    private final Pinging pinging;
    private final Supervisor supervisor;

    PingCheck(String name, RedisConfig config, Pinging pinging) {
        this.name = name;
        this.config = config;
        this.pinging = pinging;
        this.supervisor = new Supervisor(name, config);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Health check() throws InterruptedException {
        return pinging.ping(supervisor);
    }

    @Override
    public boolean critical() {
        return config.critical();
    }

    @Override
    public Duration interval() {
        return config.ping().interval();
    }

    /** More than a ping can take, so that its own time-out is the one that counts. */
    @Override
    public Duration timeout() {
        return config.connectTimeout().plus(config.commandTimeout()).plusSeconds(1);
    }

    /** Pings what there is at the time. */
    @FunctionalInterface
    interface Pinging {
        Health ping(Supervisor supervisor) throws InterruptedException;
    }
}
