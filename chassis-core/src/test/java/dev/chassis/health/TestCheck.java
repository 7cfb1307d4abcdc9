package dev.chassis.health;

import java.time.Duration;
import java.util.concurrent.Callable;

/** A check called {@code db}: every 5 s, 2 s long at most, 3 failures to fall, 2 successes to rise. */
final class TestCheck implements HealthCheck {

    static final Duration INTERVAL = Duration.ofSeconds(5);
    static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final String name;
    private final boolean critical;
    private volatile Callable<Health> answer = Health::up;

    TestCheck() {
        this("db", false);
    }

    TestCheck(String name, boolean critical) {
        this.name = name;
        this.critical = critical;
    }

    TestCheck answers(Callable<Health> next) {
        answer = next;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Health check() throws Exception {
        return answer.call();
    }

    @Override
    public boolean critical() {
        return critical;
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public Duration timeout() {
        return TIMEOUT;
    }
}
