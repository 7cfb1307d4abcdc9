package dev.chassis.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One server, found by its address or by sentinels. Lent connections have a client of their own, which never reconnects them. */
final class StandaloneLinks implements Links {

    private final RedisURI uri;
    private final RedisClient shared;
    private final RedisClient dedicated;

    StandaloneLinks(LinkSettings settings) {
        this.uri = settings.uri();
        this.shared = new LeanClient(settings.resources());
        this.dedicated = new LeanClient(settings.resources());
        shared.setOptions(Lettuce.options(settings.config(), true, settings.renews()));
        dedicated.setOptions(Lettuce.options(settings.config(), false, settings.renews()));
        settings.listeners(shared);
        settings.listeners(dedicated);
    }

    @Override
    public <K, V> CompletionStage<Shared<K, V>> openShared(RedisCodec<K, V> codec) {
        return shared.connectAsync(codec, uri).thenApply(OneServer::new);
    }

    @Override
    public <K, V> CompletionStage<Dedicated<K, V>> openDedicated(RedisCodec<K, V> codec) {
        return dedicated.connectAsync(codec, uri).thenApply(Lent::new);
    }

    @Override
    public CompletionStage<StatefulRedisPubSubConnection<String, byte[]>> openPubSub() {
        return shared.connectPubSubAsync(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), uri);
    }

    @Override
    public String serverMode() {
        return "standalone";
    }

    @Override
    public CompletableFuture<Void> shutdown() {
        return CompletableFuture.allOf(shared.shutdownAsync(), dedicated.shutdownAsync());
    }

    private record OneServer<K, V>(StatefulRedisConnection<K, V> connection) implements Shared<K, V> {

        @Override
        public RedisClusterCommands<K, V> sync() {
            return connection.sync();
        }

        @Override
        public RedisClusterAsyncCommands<K, V> async() {
            return connection.async();
        }

        @Override
        public List<CompletableFuture<? extends StatefulRedisConnection<K, V>>> servers() {
            return List.of(CompletableFuture.completedFuture(connection));
        }
    }

    private record Lent<K, V>(StatefulRedisConnection<K, V> connection) implements Dedicated<K, V> {

        @Override
        public StatefulRedisConnection<K, V> serverOf(K key) {
            return connection;
        }

        @Override
        public Collection<StatefulRedisConnection<K, V>> used() {
            return List.of(connection);
        }

        @Override
        public void close() {
            connection.closeAsync();
        }
    }
}
