package dev.chassis.admin;

import dev.chassis.health.Health;
import dev.chassis.health.HealthRegistry;
import dev.chassis.health.Probe;
import dev.chassis.health.Probes;
import dev.chassis.health.Reading;
import java.util.List;

/** The answer of {@code GET /health}. */
record HealthView(Health.Status status, Probes.Phase phase, List<String> reasons, List<Entry> readings) {

    static HealthView of(Probes probes, HealthRegistry health) {
        Probe readiness = probes.readiness();
        List<Entry> entries = health.readings().stream().map(Entry::of).toList();
        return new HealthView(readiness.status(), probes.phase(), readiness.reasons(), entries);
    }

    record Entry(
            String name, Health.Status status, String detail, long ageMs, boolean critical, int consecutiveFailures) {

        static Entry of(Reading reading) {
            return new Entry(
                    reading.name(),
                    reading.status(),
                    reading.detail(),
                    reading.age().toMillis(),
                    reading.critical(),
                    reading.consecutiveFailures());
        }
    }
}
