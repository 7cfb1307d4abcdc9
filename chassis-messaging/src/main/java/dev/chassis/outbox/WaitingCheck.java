package dev.chassis.outbox;

import dev.chassis.health.Health;
import dev.chassis.health.HealthCheck;
import java.sql.SQLException;
import java.time.Duration;

/** Looks at what waits, for the meters and the health. It degrades and is never down: the service works without the broker. */
final class WaitingCheck implements HealthCheck {

    private final Outbox outbox;

    WaitingCheck(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public String name() {
        return outbox.name();
    }

    @Override
    public Health check() throws SQLException {
        Waiting waiting = outbox.look();
        boolean late = waiting.oldest().compareTo(outbox.config().degradedAge()) > 0;
        return late || waiting.stuck() > 0 ? Health.degraded(waiting.toString()) : Health.up(waiting.toString());
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(15);
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(5);
    }
}
