package dev.chassis.admin;

import dev.chassis.lifecycle.DrainPhase;
import dev.chassis.lifecycle.DrainReport;
import dev.chassis.lifecycle.ServiceState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer of {@code GET /drain} and {@code POST /drain}. */
record DrainView(
        ServiceState state,
        Map<String, Integer> inFlight,
        @Nullable Report report) {

    static DrainView of(Operations operations) {
        return new DrainView(
                operations.state(),
                operations.inFlight(),
                operations.lastDrain().map(Report::of).orElse(null));
    }

    record Report(
            DrainReport.Verdict verdict,
            String cause,
            long totalMs,
            long budgetMs,
            Map<DrainPhase, Long> phasesMs,
            Map<String, Integer> inFlightAtStart,
            Map<String, Integer> abandoned,
            List<String> failures) {

        static Report of(DrainReport report) {
            Map<DrainPhase, Long> phasesMs = new EnumMap<>(DrainPhase.class);
            report.phases().forEach((phase, took) -> phasesMs.put(phase, took.toMillis()));
            return new Report(
                    report.verdict(),
                    report.cause(),
                    report.total().toMillis(),
                    report.budget().toMillis(),
                    phasesMs,
                    report.inFlightAtStart(),
                    report.abandoned(),
                    report.failures());
        }
    }
}
