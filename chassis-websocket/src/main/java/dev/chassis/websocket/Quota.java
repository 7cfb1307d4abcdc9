package dev.chassis.websocket;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many sessions each key has, up to a limit; zero for none. Thread-safe. I1: a key without sessions has no entry. */
final class Quota {

    private final int limit;
    private final ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>();

    Quota(int limit) {
        this.limit = limit;
    }

    boolean isFull(String key) {
        return limit > 0 && counts.getOrDefault(key, 0) >= limit;
    }

    /** Takes one; false if there are as many as allowed. Every true is followed by one {@link #exit}. */
    boolean tryEnter(String key) {
        if (limit == 0) {
            return true;
        }
        boolean[] entered = new boolean[1];
        counts.compute(key, (same, count) -> {
            int taken = count == null ? 0 : count;
            entered[0] = taken < limit;
            return entered[0] ? Integer.valueOf(taken + 1) : count;
        });
        return entered[0];
    }

    void exit(String key) {
        if (limit > 0) {
            counts.computeIfPresent(key, (same, count) -> count > 1 ? count - 1 : null); // I1
        }
    }
}
