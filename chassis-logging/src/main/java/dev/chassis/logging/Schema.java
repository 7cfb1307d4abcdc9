package dev.chassis.logging;

import dev.chassis.context.Correlation;
import java.util.Set;

/** The field names of a line, version 1. Letters, digits, dots and underscores only, which CloudWatch Logs Insights takes unquoted. */
final class Schema {

    static final String TS = "ts";
    static final String LEVEL = "level";
    static final String LOGGER = "logger";
    static final String THREAD = "thread";
    static final String MSG = "msg";
    static final String CORRELATION_ID = Correlation.ID_KEY;
    static final String TRACE_ID = Correlation.TRACE_ID_KEY;
    static final String SEQ = "seq";
    static final String ERROR_TYPE = "error.type";
    static final String ERROR_MESSAGE = "error.message";
    static final String ERROR_STACK = "error.stack";

    /** Ours on every line, also where they are absent: a field that changes its meaning from line to line cannot be queried. */
    static final Set<String> RESERVED = Set.of(
            TS, LEVEL, LOGGER, THREAD, MSG, CORRELATION_ID, TRACE_ID, SEQ, ERROR_TYPE, ERROR_MESSAGE, ERROR_STACK);

    private Schema() {}
}
