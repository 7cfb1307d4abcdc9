package dev.chassis.redis;

import dev.chassis.health.Health;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.CommandExpiryWriter;
import io.lettuce.core.protocol.DefaultEndpoint;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pings connections, and closes one whose pings time out several times in a row, so that Lettuce opens it anew: a network that swallows
 * everything leaves a connection open that no longer leads anywhere.
 *
 * <p>Not thread-safe: used by one run of a health check at a time.
 */
final class Supervisor {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    private final String pool;
    private final RedisConfig config;
    private final Map<StatefulRedisConnection<?, ?>, Integer> missed = new WeakHashMap<>();

    Supervisor(String pool, RedisConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /** Pings each of these servers, all at once, and tells how many answered. Blocks up to a connect and a command. */
    <K, V> Health ping(Iterable<CompletableFuture<? extends StatefulRedisConnection<K, V>>> servers)
            throws InterruptedException {
        int asked = 0;
        int answered = 0;
        String reason = "";
        for (Ping<K, V> ping : Ping.all(servers)) {
            asked++;
            Throwable failure = ping.await(
                    config.connectTimeout().plus(config.commandTimeout()).toNanos());
            answered += failure == null ? 1 : 0;
            reason = failure == null ? reason : String.valueOf(failure.getMessage());
            judge(ping.connection(), failure);
        }
        return verdict(asked, answered, reason);
    }

    private static Health verdict(int asked, int answered, String reason) {
        if (asked > 0 && answered == asked) {
            return asked == 1 ? Health.up() : Health.up(asked + " nodes");
        }
        return answered == 0
                ? Health.down("no answer to PING: " + reason)
                : Health.degraded(answered + " of " + asked + " nodes answered PING: " + reason);
    }

    private void judge(@Nullable StatefulRedisConnection<?, ?> connection, @Nullable Throwable failure) {
        if (connection == null) {
            return;
        }
        if (!(failure instanceof RedisCommandTimeoutException)) {
            missed.remove(connection); // it answered, or Lettuce knows already
        } else if (missed.merge(connection, 1, Integer::sum) >= config.ping().failures()) {
            missed.remove(connection);
            LOG.warn(
                    "{}: {} pings in a row timed out, the connection is closed and opened anew",
                    pool,
                    config.ping().failures());
            cut(connection);
        }
    }

    /** Closes the socket and leaves the connection to Lettuce, which reconnects. */
    private static void cut(StatefulRedisConnection<?, ?> connection) {
        RedisChannelWriter writer = ((RedisChannelHandler<?, ?>) connection).getChannelWriter();
        while (!(writer instanceof DefaultEndpoint)) {
            if (writer instanceof io.lettuce.core.CommandListenerWriter listened) {
                writer = listened.getDelegate();
            } else if (writer instanceof CommandExpiryWriter expiring) {
                writer = expiring.getDelegate();
            } else {
                throw new IllegalStateException("cannot reach the socket behind " + writer.getClass());
            }
        }
        ((DefaultEndpoint) writer).disconnect();
    }

    /** A ping under way. */
    private record Ping<K, V>(
            CompletableFuture<? extends StatefulRedisConnection<K, V>> server, CompletableFuture<String> answer) {

        static <K, V> java.util.List<Ping<K, V>> all(
                Iterable<CompletableFuture<? extends StatefulRedisConnection<K, V>>> servers) {
            java.util.List<Ping<K, V>> all = new java.util.ArrayList<>();
            servers.forEach(server ->
                    all.add(new Ping<>(server, server.thenCompose(Ping::send).toCompletableFuture())));
            return all;
        }

        private static RedisFuture<String> send(StatefulRedisConnection<?, ?> connection) {
            return connection.async().ping();
        }

        @Nullable
        StatefulRedisConnection<K, V> connection() {
            return server.isDone() && !server.isCompletedExceptionally() ? server.join() : null;
        }

        @Nullable
        Throwable await(long nanos) throws InterruptedException {
            try {
                answer.get(nanos, TimeUnit.NANOSECONDS);
                return null;
            } catch (java.util.concurrent.ExecutionException e) {
                return e.getCause();
            } catch (TimeoutException e) {
                return new RedisCommandTimeoutException("no answer in time");
            }
        }
    }
}
