package dev.chassis.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The connections of one pool, opened by the means of its mode; what is done with them does not depend on it. Thread-safe.
 *
 * <p>Whatever is still open ends with {@link #shutdown}.
 */
interface Links {

    /** Opens the connection that everybody shares. */
    <K, V> CompletionStage<Shared<K, V>> openShared(RedisCodec<K, V> codec);

    /** Opens a connection that is lent. */
    <K, V> CompletionStage<Dedicated<K, V>> openDedicated(RedisCodec<K, V> codec);

    /** Opens a connection for channels and bytes. */
    CompletionStage<StatefulRedisPubSubConnection<String, byte[]>> openPubSub();

    /** What {@code INFO} calls servers of this mode. */
    String serverMode();

    /** Closes every connection. Returns at once. */
    CompletableFuture<Void> shutdown();

    /** The connection that everybody shares. */
    interface Shared<K, V> {

        io.lettuce.core.cluster.api.sync.RedisClusterCommands<K, V> sync();

        io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands<K, V> async();

        /** A connection to each server that must be there, in the making. */
        java.util.List<CompletableFuture<? extends StatefulRedisConnection<K, V>>> servers();
    }

    /** A connection that is lent. Used by one thread at a time. */
    interface Dedicated<K, V> {

        /** The connection to the server that has the key. */
        StatefulRedisConnection<K, V> serverOf(K key);

        /** Those of them that were asked for. */
        java.util.Collection<StatefulRedisConnection<K, V>> used();

        void close();
    }
}
