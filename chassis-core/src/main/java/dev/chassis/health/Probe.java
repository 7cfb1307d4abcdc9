package dev.chassis.health;

import java.util.List;

/**
 * The answer to a probe.
 *
 * @param status the verdict; DEGRADED is still a good answer
 * @param reasons why it is not UP, one short line each; empty if it is
 */
public record Probe(Health.Status status, List<String> reasons) {

    private static final Probe UP = new Probe(Health.Status.UP, List.of());

    public Probe {
        reasons = List.copyOf(reasons);
    }

    /** Whether the one who asks should be told yes: 200 rather than 503. */
    public boolean ok() {
        return status != Health.Status.DOWN;
    }

    static Probe up() {
        return UP;
    }

    static Probe down(String reason) {
        return new Probe(Health.Status.DOWN, List.of(reason));
    }
}
