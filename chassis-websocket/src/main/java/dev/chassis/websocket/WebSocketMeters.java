package dev.chassis.websocket;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What is counted of sessions. Counts without a registry, too. Thread-safe. */
final class WebSocketMeters {

    static final String PREFIX = "chassis.websocket.";
    private static final int FIRST_PRIVATE = 3000;

    private final LongAdder received = new LongAdder();
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAdder queued = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final LongAdder halfOpen = new LongAdder();
    private final LongAdder drained = new LongAdder();
    private final LongAdder forced = new LongAdder();
    private final ConcurrentMap<String, Counter> tagged = new ConcurrentHashMap<>();
    private volatile @Nullable MeterRegistry registry;

    void bindTo(MeterRegistry target) {
        registry = target;
        Map.of(
                        "received", received,
                        "received.bytes", receivedBytes,
                        "sent", queued,
                        "slow.closes", slow,
                        "half.open", halfOpen,
                        "drained", drained,
                        "drain.forced", forced)
                .forEach((name, adder) -> count(target, name, adder));
    }

    static void count(MeterRegistry target, String name, LongAdder adder) {
        FunctionCounter.builder(PREFIX + name, adder, LongAdder::sum).register(target);
    }

    void received(int bytes) {
        received.increment();
        receivedBytes.add(bytes);
    }

    void sent(SendResult result) {
        if (result == SendResult.QUEUED) {
            queued.increment();
        }
    }

    void slow() {
        slow.increment();
    }

    void halfOpen() {
        halfOpen.increment();
    }

    void drained() {
        drained.increment();
    }

    void forced() {
        forced.increment();
    }

    long drainedCount() {
        return drained.sum();
    }

    long forcedCount() {
        return forced.sum();
    }

    void handshake(int status) {
        increment("handshakes", "status", Integer.toString(status));
    }

    /** Codes of applications are many, so they are one. */
    void closed(int code) {
        increment("closes", "code", code < FIRST_PRIVATE || code == CloseCode.UNAUTHENTICATED ? "" + code : "other");
    }

    private void increment(String name, String tag, String value) {
        MeterRegistry target = registry;
        if (target != null) {
            tagged.computeIfAbsent(name + value, key -> target.counter(PREFIX + name, tag, value))
                    .increment();
        }
    }
}
