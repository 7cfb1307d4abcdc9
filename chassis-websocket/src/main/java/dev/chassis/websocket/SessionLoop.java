package dev.chassis.websocket;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one event loop. One sweep looks after all of them, because a timer each would be most of what idle sessions cost.
 *
 * <p>Loop-only. I1: {@code sessions[i].place() == i}. I2: there is a sweep if and only if there are sessions. I3: only the last {@link Leaving}
 * closes sessions; it has all that those before it have left.
 */
final class SessionLoop {

    private static final long DRAIN_TICK_MILLIS = 20;

    /** The first comes back after this part of the spread, so that a loop has time to be late. */
    private static final int HEAD_START = 6;

    private final EventLoop executor;
    private final long sweepMillis;
    private final List<LiveSession<?>> sessions = new ArrayList<>();
    private @Nullable ScheduledFuture<?> sweep;
    private @Nullable Leaving leaving; // I3

    SessionLoop(EventLoop executor, long sweepMillis) {
        this.executor = executor;
        this.sweepMillis = sweepMillis;
    }

    EventLoop executor() {
        return executor;
    }

    void add(LiveSession<?> session) {
        session.place(sessions.size());
        sessions.add(session);
        if (sweep == null) {
            sweep = executor.scheduleWithFixedDelay(this::sweep, sweepMillis, sweepMillis, TimeUnit.MILLISECONDS);
        }
    }

    void remove(LiveSession<?> session) {
        LiveSession<?> last = sessions.remove(sessions.size() - 1);
        if (last != session) {
            sessions.set(session.place(), last);
            last.place(session.place());
        }
        if (sessions.isEmpty() && sweep != null) {
            sweep.cancel(false);
            sweep = null;
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        Instant time = Instant.now();
        for (LiveSession<?> session : List.copyOf(sessions)) {
            session.sweep(now, time);
        }
    }

    /** Says something to all. */
    void tellAll() {
        for (LiveSession<?> session : List.copyOf(sessions)) {
            session.tellDraining();
        }
    }

    /**
     * Closes all, evenly over the window, those with a running handler last. The clients come back evenly over the spread, which is longer:
     * each is told how long to wait. What has begun to leave before goes on by this window.
     */
    void leave(long windowNanos, long spreadNanos) {
        List<LiveSession<?>> order = new ArrayList<>(sessions);
        Collections.shuffle(order);
        order.sort((one, other) -> Boolean.compare(one.isBusy(), other.isBusy()));
        leaving = new Leaving(order, System.nanoTime(), windowNanos, spreadNanos);
        leaving.run();
    }

    /** Closes what is left. */
    void closeAll() {
        for (LiveSession<?> session : List.copyOf(sessions)) {
            session.force();
        }
    }

    /** Sessions on their way out. */
    private final class Leaving implements Runnable {

        private final List<LiveSession<?>> order;
        private final long since;
        private final long windowNanos;
        private final long spreadNanos;
        private int next;

        Leaving(List<LiveSession<?>> order, long since, long windowNanos, long spreadNanos) {
            this.order = order;
            this.since = since;
            this.windowNanos = windowNanos;
            this.spreadNanos = spreadNanos;
        }

        @Override
        public void run() {
            if (leaving != this) {
                return; // I3
            }
            long elapsed = System.nanoTime() - since;
            while (next < order.size() && elapsed >= at(next, windowNanos)) {
                order.get(next).retire(TimeUnit.NANOSECONDS.toMillis(untilSlot(elapsed)));
                next++;
            }
            if (next < order.size()) {
                executor.schedule(this, DRAIN_TICK_MILLIS, TimeUnit.MILLISECONDS);
            }
        }

        /** Until the slot of the next one; a loop that is late finds it another, lest all that were late come at once. */
        private long untilSlot(long elapsed) {
            long head = spreadNanos / HEAD_START;
            long slot = head + at(next, spreadNanos - head);
            return slot > elapsed
                    ? slot - elapsed
                    : ThreadLocalRandom.current().nextLong(Math.max(1, spreadNanos - elapsed));
        }

        private long at(int index, long whole) {
            return (long) ((double) whole * index / order.size());
        }
    }
}
