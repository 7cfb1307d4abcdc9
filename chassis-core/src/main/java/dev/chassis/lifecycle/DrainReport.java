package dev.chassis.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a drain did, and whether anything was lost. It is logged as one JSON line and served by the admin port.
 *
 * @param verdict the summary
 * @param cause what asked for it: {@code SIGTERM}, {@code SIGINT}, {@code admin}, {@code close}, {@code exit}
 * @param total from the request to the end
 * @param budget {@code chassis.drain.budget} as it was
 * @param phases what each phase took, in order
 * @param inFlightAtStart work in flight per component when the drain began; components without any are left out
 * @param abandoned work per component that had not finished when its grace was over; empty after a clean drain
 * @param failures one line per component that failed to flush or stop
 */
public record DrainReport(
        Verdict verdict,
        String cause,
        Duration total,
        Duration budget,
        Map<DrainPhase, Duration> phases,
        Map<String, Integer> inFlightAtStart,
        Map<String, Integer> abandoned,
        List<String> failures) {

    /** The outcome of a drain, from good to bad. */
    public enum Verdict {
        /** Everything accepted was finished, everything was closed. */
        CLEAN,
        /** Something could not be flushed or closed properly, but all work was finished. */
        UNTIDY,
        /** The grace ended with work unfinished. */
        ABANDONED
    }
}
