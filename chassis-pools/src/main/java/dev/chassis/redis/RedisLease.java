package dev.chassis.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;

/**
 * A connection of one's own, for what the shared one must not be used for: transactions (MULTI, WATCH) and commands that block (BLPOP).
 *
 * <pre>{@code
 * try (var lease = redis.lease()) {
 *     var cart = lease.on("cart:7");
 *     cart.multi();
 *     cart.hset("cart:7", "bread", "1");
 *     cart.expire("cart:7", 3600);
 *     TransactionResult result = cart.exec();
 * }
 * }</pre>
 *
 * <p>A connection that breaks while it is lent stays broken: every later command fails, so that the rest of a transaction is never
 * executed without its beginning. One that is given back in the middle of a transaction is closed. {@code SELECT} and {@code CLIENT}
 * commands leave traces that nobody removes; do not use them.
 *
 * <p>Used by one thread at a time.
 */
public final class RedisLease<K, V> implements AutoCloseable {

    private final Leases<K, V> leases;
    private final Links.Dedicated<K, V> connection;
    private final Duration commandTimeout;
    private final long since = System.nanoTime();
    private volatile boolean closed;

    RedisLease(Leases<K, V> leases, Links.Dedicated<K, V> connection, Duration commandTimeout) {
        this.leases = leases;
        this.connection = connection;
        this.commandTimeout = commandTimeout;
    }

    /**
     * The commands of the server that has this key: with a cluster its node, else the only one there is. All keys of a transaction must be
     * in one slot of a cluster, as with {@code {hash tags}}.
     *
     * @throws IllegalStateException if the lease has been closed
     * @throws io.lettuce.core.RedisException if the node of a cluster cannot be reached
     */
    public RedisCommands<K, V> on(K key) {
        if (closed) {
            throw new IllegalStateException("the lease is closed (expected: used inside its try block)");
        }
        StatefulRedisConnection<K, V> server = connection.serverOf(key);
        server.setTimeout(commandTimeout);
        return server.sync();
    }

    /** Gives it back. Idempotent; returns at once: what is left of WATCH is removed in the background. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            leases.giveBack(this, connection);
        }
    }

    /** When it was lent, in {@link System#nanoTime}. */
    long since() {
        return since;
    }
}
