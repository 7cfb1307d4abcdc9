package dev.chassis.websocket.internal;

/** How a session came into a topic. */
public enum JoinOutcome {
    /** It was there already; nothing has changed. */
    ALREADY,
    /** From now on it is told everything. */
    FRESH,
    /** It is told everything since its token, some of it perhaps for the second time. */
    RESUMED,
    /** Something since its token is not known here any more, or the token is worth nothing: it has been told to fetch its state anew. */
    GAP
}
