package dev.chassis.logging;

import ch.qos.logback.classic.Level;

/** The level of a line, from what matters least to what matters most. */
enum Severity {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR;

    static Severity of(Level level) {
        return switch (level.toInt()) {
            case Level.TRACE_INT -> TRACE;
            case Level.DEBUG_INT -> DEBUG;
            case Level.WARN_INT -> WARN;
            case Level.ERROR_INT -> ERROR;
            default -> INFO;
        };
    }

    /** Whether a queue that is full may do without it at once. */
    boolean isExpendable() {
        return compareTo(WARN) < 0;
    }
}
