package dev.chassis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The moment that a start is measured from, on the system ticker. */
final class Origin {

    private static final long TICKS_PER_SECOND = 100; // USER_HZ, the same on every platform of Linux that a JVM runs on
    private static final int START_TIME = 22 - 3; // proc(5): field 22, and after the name come the fields from 3

    /** No Duration, whose abs() calculates with decimals, and makes a table of them first. */
    private static final long COARSE_MILLIS = 1_500;

    private Origin() {}

    static long now() {
        return System.nanoTime();
    }

    /**
     * When the system started this process. Asked of the system and not of the management beans, which would have to be loaded first, and count
     * from when the JVM was loaded.
     */
    static long ofJvm() {
        Instant started = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
        Duration coarse = Duration.between(started, Instant.now());
        return System.nanoTime()
                - exact(Path.of("/proc"), coarse).orElse(coarse).toNanos();
    }

    /**
     * How old this process is, to a hundredth of a second. The JDK adds ticks to the time of the boot, which Linux tells in whole seconds: a start
     * looks up to a second longer than it was. Empty where that cannot be read, or is about another clock, as where a container is shown an up-time
     * of its own.
     *
     * @param coarse what the JDK says
     */
    static Optional<Duration> exact(Path proc, Duration coarse) {
        try {
            String stat = Files.readString(proc.resolve("self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            double uptime =
                    Double.parseDouble(Files.readString(proc.resolve("uptime")).split(" ")[0]);
            double started = Long.parseLong(fields[START_TIME]) / (double) TICKS_PER_SECOND;
            Duration age = Duration.ofMillis(Math.round((uptime - started) * 1_000));
            return Optional.of(age)
                    .filter(known ->
                            !known.isNegative() && Math.abs(known.minus(coarse).toMillis()) < COARSE_MILLIS);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
