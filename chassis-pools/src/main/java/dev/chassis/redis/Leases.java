package dev.chassis.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.RedisCodec;
import java.time.Duration;
import java.util.Collection;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connections that are lent, at most {@code max} at once, opened when first needed, the last one used first.
 *
 * <ul>
 *   <li>I1: a permit is held for each connection that is lent, being opened or being cleaned; so there are never more than {@code max}.
 *   <li>I2: a connection is in {@code idle}, or belongs to exactly one lease, or is being cleaned, or is closed.
 *   <li>I3: what is given back broken, in a transaction or with an answer outstanding never becomes idle.
 * </ul>
 *
 * <p>Thread-safe, without a lock of its own.
 */
final class Leases<K, V> {

    private final String pool;
    private final RedisConfig config;
    private final Links links;
    private final RedisCodec<K, V> codec;
    private final Semaphore permits;
    private final Deque<Links.Dedicated<K, V>> idle = new ConcurrentLinkedDeque<>();
    private final Set<RedisLease<K, V>> lent = ConcurrentHashMap.newKeySet();

    Leases(String pool, RedisConfig config, Links links, RedisCodec<K, V> codec) {
        this.pool = pool;
        this.config = config;
        this.links = links;
        this.codec = codec;
        this.permits = new Semaphore(config.leases().max(), true);
    }

    RedisLease<K, V> borrow(Duration commandTimeout) throws InterruptedException {
        Duration patience = config.leases().borrowTimeout();
        if (!permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new RedisExhaustedException(exhausted(patience));
        }
        try {
            RedisLease<K, V> lease = new RedisLease<>(this, idleOrNew(), commandTimeout);
            lent.add(lease);
            return lease;
        } catch (RuntimeException | Error e) {
            permits.release();
            throw e;
        }
    }

    /** How many are lent. */
    int count() {
        return lent.size();
    }

    /** Cleans it and keeps it, or closes it; the permit is free when that is over. */
    void giveBack(RedisLease<K, V> lease, Links.Dedicated<K, V> connection) {
        lent.remove(lease);
        clean(connection.used()).whenComplete((done, failure) -> {
            if (failure == null) {
                idle.push(connection);
            } else {
                connection.close();
            }
            permits.release();
        });
    }

    /** UNWATCH is also the ping: if it is answered, nothing else is outstanding. */
    private CompletableFuture<Void> clean(Collection<StatefulRedisConnection<K, V>> used) {
        return CompletableFuture.allOf(used.stream().map(this::clean).toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<?> clean(StatefulRedisConnection<K, V> connection) {
        if (connection.isMulti() || !connection.isOpen()) {
            return CompletableFuture.failedFuture(new IllegalStateException("in a transaction, or broken"));
        }
        connection.setTimeout(config.commandTimeout());
        return connection.async().unwatch().toCompletableFuture().exceptionally(Leases::unlessAnswered);
    }

    /** A refusal (NOPERM) is an answer, too. */
    private static @Nullable String unlessAnswered(Throwable failure) {
        if (failure instanceof RedisCommandExecutionException) {
            return null;
        }
        throw new java.util.concurrent.CompletionException(failure);
    }

    private Links.Dedicated<K, V> idleOrNew() {
        for (Links.Dedicated<K, V> kept = idle.poll(); kept != null; kept = idle.poll()) {
            if (kept.used().stream().allMatch(StatefulRedisConnection::isOpen)) {
                return kept;
            }
            kept.close();
        }
        return Waiting.join(links.openDedicated(codec), pool + ": opening a connection to lend");
    }

    private String exhausted(Duration waited) {
        long now = System.nanoTime();
        long longest =
                lent.stream().mapToLong(lease -> now - lease.since()).max().orElse(0);
        return pool + ": no connection was given back within " + waited + ": " + lent.size() + " of "
                + config.leases().max() + " are lent, the longest for "
                + Duration.ofNanos(longest).truncatedTo(java.time.temporal.ChronoUnit.MILLIS)
                + ", and " + permits.getQueueLength()
                + " more wait (expected: leases closed soon, or more of leases.max)";
    }
}
