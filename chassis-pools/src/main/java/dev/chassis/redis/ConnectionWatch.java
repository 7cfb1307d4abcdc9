package dev.chassis.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.SocketAddress;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happens to the connections of a pool. Commands it leaves alone: a listener to them costs each a tenth more.
 *
 * <p>Thread-safe; called by event loops.
 */
final class ConnectionWatch implements RedisConnectionStateListener {

    private final AtomicInteger connected = new AtomicInteger();
    private final LongAdder reconnects = new LongAdder();
    private final Set<RedisChannelHandler<?, ?>> lost =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    void bindTo(MeterRegistry registry, String pool) {
        Gauge.builder("lettuce.connections", connected, AtomicInteger::get)
                .description("Connections to Redis that are open now")
                .tag("pool", pool)
                .register(registry);
        FunctionCounter.builder("lettuce.reconnects", reconnects, LongAdder::sum)
                .description("Connections to Redis that were lost and are back")
                .tag("pool", pool)
                .register(registry);
    }

    /** Connections that are open now, those under a broken network included. */
    int connected() {
        return connected.get();
    }

    long reconnects() {
        return reconnects.sum();
    }

    @Override
    public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
        connected.incrementAndGet();
        if (lost.remove(connection)) {
            reconnects.increment();
        }
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
        connected.decrementAndGet();
        if (!connection.isClosed()) {
            lost.add(connection);
        }
    }
}
