package dev.chassis;

import dev.chassis.lifecycle.Component;
import dev.chassis.time.Deadline;
import dev.chassis.time.Ticker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Knows by its probes whether a load balancer still has us. One that probes us every few seconds has not deregistered us, however quiet
 * the requests are; one whose next probe is overdue by half an interval has. So the announce phase of a drain neither ends too early
 * (a target that is probed may get a request at any moment) nor waits for a fixed time.
 *
 * <p>Thread-safe. I1: {@code seen} is replaced as a whole, so last probe and interval always belong together.
 */
final class LoadBalancerWatch implements Component {

    private record Seen(long atNanos, long intervalNanos, int probes) {}

    private static final Seen NEVER = new Seen(0, 0, 0);

    private final Ticker ticker;
    private final AtomicReference<Seen> seen = new AtomicReference<>(NEVER); // I1

    LoadBalancerWatch(Ticker ticker) {
        this.ticker = ticker;
    }

    /** A probe has arrived. */
    void probed() {
        long now = ticker.nanos();
        seen.updateAndGet(last -> next(last, now));
    }

    /**
     * The interval is the longest gap seen lately: several nodes of one balancer probe in turn, so single gaps may be short. It fades by an
     * eighth with each probe, so that one long pause is not remembered for ever.
     */
    private static Seen next(Seen last, long now) {
        if (last.probes == 0) {
            return new Seen(now, 0, 1);
        }
        long gap = now - last.atNanos;
        long faded = last.intervalNanos - last.intervalNanos / 8;
        return new Seen(now, Math.max(gap, faded), last.probes + 1);
    }

    @Override
    public String name() {
        return "load-balancer-watch";
    }

    @Override
    public void start(Deadline deadline) {}

    @Override
    public void stop(Deadline deadline) {}

    /** Zero when no probe came yet, or the next one is overdue. A single probe has no interval: it counts as any traffic does. */
    @Override
    public Duration quietIn(Duration quietPeriod) {
        Seen last = Objects.requireNonNull(seen.get());
        if (last.probes == 0) {
            return Duration.ZERO;
        }
        long patience = last.intervalNanos == 0 ? quietPeriod.toNanos() : last.intervalNanos + last.intervalNanos / 2;
        return Duration.ofNanos(Math.max(0, patience - (ticker.nanos() - last.atNanos)));
    }
}
