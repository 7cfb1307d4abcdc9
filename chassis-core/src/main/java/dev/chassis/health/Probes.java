package dev.chassis.health;

import dev.chassis.health.Health.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * The three questions an orchestrator asks, answered from what is known already: no I/O, no waiting.
 *
 * <table>
 * <caption>What each answer depends on</caption>
 * <tr><th>probe</th><th>yes, unless</th></tr>
 * <tr><td>{@link #liveness}</td><td>never: whoever can answer lives. It depends on no check, because a restart heals no dependency</td></tr>
 * <tr><td>{@link #startup}</td><td>the service has not been ready yet</td></tr>
 * <tr><td>{@link #readiness}</td><td>the service is not ready, or no longer, or a critical check is down</td></tr>
 * </table>
 *
 * <p>Thread-safe. I1: phase and "has been ready" are one value, written under the lock only, and the phase only ever moves forward.
 */
public final class Probes {

    /** Where the service is in its life, as far as probes care. */
    public enum Phase {
        /** Not ready yet. */
        STARTING,
        /** Serves. */
        READY,
        /** Still serves what arrives, and asks for nothing more to be sent. */
        DRAINING,
        /** Serves no longer, or never did. */
        STOPPED
    }

    private record Progress(Phase phase, boolean hasBeenReady) {

        Progress to(Phase next) {
            boolean later = next.compareTo(phase) > 0;
            return new Progress(later ? next : phase, hasBeenReady || next == Phase.READY);
        }
    }

    private final HealthRegistry health;
    private volatile Progress progress = new Progress(Phase.STARTING, false); // I1; volatile: read without the lock

    /** Probes over these readings, in phase {@link Phase#STARTING}. */
    public Probes(HealthRegistry health) {
        this.health = health;
    }

    /**
     * The service has reached a phase. One that comes after a later one changes nothing here: who starts and who drains are two threads,
     * and what they tell may overtake each other.
     */
    public synchronized void phase(Phase next) {
        progress = progress.to(next); // I1
    }

    /** The present phase. */
    public Phase phase() {
        return progress.phase();
    }

    /** Whether the process should be left alone rather than be replaced. Always yes. */
    public Probe liveness() {
        return Probe.up();
    }

    /** Whether the service has been ready, ever. */
    public Probe startup() {
        Progress current = progress;
        return current.hasBeenReady() ? Probe.up() : Probe.down(reason(current.phase()));
    }

    /** Whether traffic should be sent here. Components are asked, on the calling thread. */
    public Probe readiness() {
        Phase phase = phase();
        return phase == Phase.READY ? of(health.readings()) : Probe.down(reason(phase));
    }

    /** The sum of the readings: a critical one that is down makes it DOWN, any other that is not UP makes it DEGRADED. */
    static Probe of(List<Reading> readings) {
        Status status = Status.UP;
        List<String> reasons = new ArrayList<>();
        for (Reading reading : readings) {
            if (reading.status() != Status.UP) {
                boolean fatal = reading.critical() && reading.status() == Status.DOWN;
                status = fatal || status == Status.DOWN ? Status.DOWN : Status.DEGRADED;
                reasons.add(reading.name() + " is " + reading.status() + ": " + reading.detail());
            }
        }
        return reasons.isEmpty() ? Probe.up() : new Probe(status, reasons);
    }

    private static String reason(Phase phase) {
        return switch (phase) {
            case STARTING -> "the service is starting";
            case READY -> "the service is ready";
            case DRAINING -> "the service is draining";
            case STOPPED -> "the service has stopped";
        };
    }
}
