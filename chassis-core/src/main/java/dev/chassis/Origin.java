package dev.chassis;

import java.time.Duration;
import java.time.Instant;

/** The moment that a start is measured from, on the system ticker. */
final class Origin {

    private Origin() {}

    static long now() {
        return System.nanoTime();
    }

    /**
     * When the system started this process. Asked of the process and not of the management beans, which would have to be loaded first; it
     * is exact to a hundredth of a second.
     */
    static long ofJvm() {
        Instant started = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
        return System.nanoTime() - Duration.between(started, Instant.now()).toNanos();
    }
}
