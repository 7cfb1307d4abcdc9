package dev.chassis.example.games;

import java.util.Set;

/** A contest on one match, as it was when it was read. */
record Contest(long id, String match, Set<String> cricketers, State state, int entries) {

    Contest {
        cricketers = Set.copyOf(cricketers);
    }

    boolean isSettled() {
        return state == State.SETTLED;
    }

    View view() {
        return new View(id, match, state, entries);
    }

    /** The life of a contest. It moves only downwards in this list. */
    enum State {
        /** Takes entries. */
        OPEN,
        /** Takes no more; being settled. */
        CLOSED,
        /** Over; the winners have been told. */
        SETTLED
    }

    /** What a client sees. */
    record View(long id, String match, State state, int entries) {}
}
