package dev.chassis.http.internal;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Admits so many handlings at once, lets so many more wait in order, and refuses the rest. Thread-safe.
 *
 * <ul>
 *   <li>I1: {@code running} counts handlings that were admitted and have not been followed by {@link #release}; it never exceeds the
 *       limit.
 *   <li>I2: something waits only while {@code running} is at the limit, because {@link #release} hands its place on.
 *   <li>I3: the lock protects field writes only.
 * </ul>
 */
final class Overload {

    /** What becomes of a handling. */
    enum Verdict {
        RUN,
        WAIT,
        REFUSE
    }

    private final int maxRunning;
    private final int maxWaiting;
    private final ArrayDeque<Handling> waiting = new ArrayDeque<>(); // guarded by this
    private int running; // guarded by this

    Overload(int maxRunning, int maxWaiting) {
        this.maxRunning = maxRunning;
        this.maxWaiting = maxWaiting;
    }

    synchronized Verdict admit(Handling handling) {
        if (running < maxRunning) {
            running++;
            return Verdict.RUN;
        }
        if (waiting.size() >= maxWaiting) {
            return Verdict.REFUSE;
        }
        waiting.add(handling);
        return Verdict.WAIT;
    }

    /** An admitted handling is over. Returns the one that has its place now, if any waited. */
    synchronized @Nullable Handling release() {
        Handling next = waiting.poll();
        if (next == null) {
            running--;
        }
        return next;
    }

    /** Gives up waiting. False if it was admitted in the meantime. */
    synchronized boolean withdraw(Handling handling) {
        return waiting.remove(handling);
    }

    synchronized int waiting() {
        return waiting.size();
    }
}
