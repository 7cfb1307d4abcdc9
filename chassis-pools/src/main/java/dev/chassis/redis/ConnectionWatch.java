package dev.chassis.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.event.command.CommandFailedEvent;
import io.lettuce.core.event.command.CommandListener;
import io.lettuce.core.protocol.CommandWrapper;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.SocketAddress;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what happens to the connections of a pool. Thread-safe; called by event loops. */
final class ConnectionWatch implements RedisConnectionStateListener, CommandListener {

    private final AtomicInteger connected = new AtomicInteger();
    private final LongAdder reconnects = new LongAdder();
    private final LongAdder rejected = new LongAdder();
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
        FunctionCounter.builder("lettuce.commands.rejected", rejected, LongAdder::sum)
                .description("Commands that were not sent: no connection, or too many without an answer")
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

    long rejected() {
        return rejected.sum();
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

    /** A cluster wraps a command once for itself and once for the node; only the inner one is no wrapper. */
    @Override
    public void commandFailed(CommandFailedEvent event) {
        if (!(event.getCommand() instanceof CommandWrapper<?, ?, ?>) && isRejection(event.getCause())) {
            rejected.increment();
        }
    }

    /** Lettuce has no type for it; these are its words in DefaultEndpoint and CommandHandler. */
    static boolean isRejection(@Nullable Throwable failure) {
        String message = failure == null ? null : failure.getMessage();
        return message != null
                && (message.contains("Commands are rejected") || message.contains("Commands are not accepted"));
    }
}
