package dev.chassis.logging;

import java.time.Duration;
import java.util.Set;

/**
 * How lines are written as JSON. Immutable.
 *
 * @param lineBudget the most bytes of a line, with its line feed
 * @param stackPeriod for how long the stack of an exception is not told again
 * @param maskedNames further names whose values are masked
 */
record LineRules(int lineBudget, Duration stackPeriod, Set<String> maskedNames) {

    /** Everything is told, every time. */
    static final LineRules UNBOUNDED = new LineRules(Integer.MAX_VALUE, Duration.ZERO, Set.of());
}
