package dev.chassis.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time turned by hand. */
final class ManualTicker implements Ticker {

    private final AtomicLong nanos;

    ManualTicker(long origin) {
        nanos = new AtomicLong(origin);
    }

    void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    @Override
    public long nanos() {
        return nanos.get();
    }
}
