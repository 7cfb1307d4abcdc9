package dev.chassis.messaging;

/** For how long the broker has blocked a connection, in all. Thread-safe. */
final class BlockedTime {

    private boolean now; // this and the next two: guarded by this
    private long since;
    private long before;

    /** Whether it is blocked from now on. */
    synchronized void is(boolean blocked) {
        if (now && !blocked) {
            before += System.nanoTime() - since;
        } else if (!now && blocked) {
            since = System.nanoTime();
        }
        now = blocked;
    }

    synchronized boolean isNow() {
        return now;
    }

    /** All of it, the time under way included. */
    synchronized double seconds() {
        return (before + (now ? System.nanoTime() - since : 0)) / 1e9;
    }
}
