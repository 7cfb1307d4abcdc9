package dev.chassis.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers which stacks have been told lately: an exception that repeats costs a hash, and its stack is not stored again and again. Used
 * by one thread at a time.
 */
final class Stacks {

    private static final int REMEMBERED = 1_024;

    private final long periodNanos;
    private final Map<Long, Seen> seen = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Seen> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Tells a stack again when the period is over; at every occurrence when it is zero. */
    Stacks(Duration period) {
        periodNanos = period.toNanos();
    }

    /** Takes note of an occurrence, at a time of {@link System#nanoTime}. */
    Seen see(IThrowableProxy error, boolean always, long now) {
        Seen known = seen.computeIfAbsent(StackHash.quick(error), key -> new Seen(StackHash.stable(error)));
        known.occurred(always || periodNanos == 0, now, periodNanos);
        return known;
    }

    /** One stack. */
    static final class Seen {

        private final String hash;
        private long toldAt;
        private int repeats = -1;

        private Seen(String hash) {
            this.hash = hash;
        }

        private void occurred(boolean always, long now, long periodNanos) {
            if (always || repeats < 0 || now - toldAt >= periodNanos) {
                toldAt = now;
                repeats = 0;
            } else {
                repeats++;
            }
        }

        String hash() {
            return hash;
        }

        /** How often it has occurred since its stack was told; 0 when this is the one that tells it. */
        int repeats() {
            return repeats;
        }
    }
}
