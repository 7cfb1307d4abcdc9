package dev.chassis.http.internal;

/** How long the present state of a connection may last. No timer: the loop's sweep asks. Loop-only. */
final class StateClock {

    private long limit;
    private boolean limited;

    /** The state that begins now may last so long. */
    void limit(long now, long nanos) {
        limit = now + nanos;
        limited = true;
    }

    /** It may last for ever. */
    void unlimited() {
        limited = false;
    }

    boolean isLimited() {
        return limited;
    }

    /** Whether there is a limit and it is over. */
    boolean isOver(long now) {
        return limited && now - limit >= 0;
    }
}
