package dev.chassis.lifecycle;

/** The phases of a drain, in order. */
public enum DrainPhase {
    /** Lame duck: readiness fails, everything is still served, until traffic is quiet or the ceiling is over. */
    ANNOUNCE,
    /** New work is refused. */
    QUIESCE,
    /** Work in flight finishes. */
    AWAIT,
    /** What is buffered is sent on. */
    EGRESS,
    /** Components stop, in reverse order of start. */
    CLOSE,
    /** The report is written and the logs are flushed. */
    FLUSH
}
