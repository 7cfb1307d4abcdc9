package dev.chassis.lifecycle;

import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.List;

/**
 * Decides when the announce phase is over: as soon as no component has had traffic for the quiet period, and at the ceiling in any case.
 * It computes the earliest moment at which that can be so; whoever waits until then and asks again needs no polling.
 */
final class QuietPeriod {

    private final List<Component> components;
    private final Duration quietPeriod;
    private final Deadline ceiling;

    QuietPeriod(List<Component> components, Duration quietPeriod, Deadline ceiling) {
        this.components = components;
        this.quietPeriod = quietPeriod;
        this.ceiling = ceiling;
    }

    /** How long to wait before asking again; zero when the phase is over. */
    Duration left() {
        Duration longest = components.stream()
                .map(component -> component.quietIn(quietPeriod))
                .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) >= 0 ? a : b);
        Duration untilCeiling = ceiling.remaining();
        return longest.compareTo(untilCeiling) < 0 ? longest : untilCeiling;
    }
}
