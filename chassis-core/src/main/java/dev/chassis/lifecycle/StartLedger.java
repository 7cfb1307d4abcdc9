package dev.chassis.lifecycle;

import java.time.Duration;
import java.util.List;

/**
 * Where the time of a start went.
 *
 * @param total from the start of the JVM to ready; for a service that was not the first in its JVM, from the call of start
 * @param assembly from the same origin to the first component's start: JVM, class loading, configuration
 * @param components what each component took, in the order they became ready
 * @param archive which class archive the JVM uses: {@code aot}, {@code cds} or {@code none} beyond the JDK's own
 */
public record StartLedger(Duration total, Duration assembly, List<Entry> components, String archive) {

    public StartLedger {
        components = List.copyOf(components);
    }

    /**
     * One component's part.
     *
     * @param component its name
     * @param stage its stage
     * @param took from the first attempt to serving
     * @param attempts how often {@code start} was called
     */
    public record Entry(String component, Stage stage, Duration took, int attempts) {}
}
