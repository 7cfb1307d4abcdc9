package dev.chassis.messaging;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** What is counted of a connection besides what the client counts itself. */
final class RoleMeters {

    private RoleMeters() {}

    static void bind(MeterRegistry registry, Role role, String connection, String label) {
        Tags tags = Tags.of("connection", connection, "role", label);
        FunctionCounter.builder("rabbitmq.generation", role, Role::generation)
                .description("How many times the connection was opened")
                .tags(tags)
                .register(registry);
        Gauge.builder("rabbitmq.running", role, r -> r.current() == null ? 0 : 1)
                .description("1 while the connection is open and everything is declared")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder("rabbitmq.blocked", role, r -> r.blocked().seconds())
                .description("For how long the broker has blocked the connection")
                .baseUnit("seconds")
                .tags(tags)
                .register(registry);
        Gauge.builder("rabbitmq.silent", role, Role::silentSeconds)
                .description("How long ago the broker was last heard")
                .baseUnit("seconds")
                .tags(tags)
                .register(registry);
    }
}
