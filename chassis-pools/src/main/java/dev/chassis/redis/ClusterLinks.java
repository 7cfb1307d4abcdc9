package dev.chassis.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The nodes of a cluster. Lent connections have a client of their own, which never reconnects them. */
final class ClusterLinks implements Links {

    private final RedisClusterClient shared;
    private final RedisClusterClient dedicated;
    private final LinkSettings settings;

    ClusterLinks(LinkSettings settings) {
        this.settings = settings;
        this.shared = RedisClusterClient.create(settings.resources(), settings.nodes());
        this.dedicated = RedisClusterClient.create(settings.resources(), settings.nodes());
        shared.setOptions(Lettuce.clusterOptions(settings.config(), true, settings.renews()));
        dedicated.setOptions(Lettuce.clusterOptions(settings.config(), false, settings.renews()));
        settings.listeners(shared);
        settings.listeners(dedicated);
    }

    @Override
    public <K, V> CompletionStage<Shared<K, V>> openShared(RedisCodec<K, V> codec) {
        return shared.refreshPartitionsAsync()
                .thenCompose(known -> shared.connectAsync(codec))
                .thenApply(this::bounded)
                .thenApply(Nodes::new);
    }

    @Override
    public <K, V> CompletionStage<Dedicated<K, V>> openDedicated(RedisCodec<K, V> codec) {
        return dedicated
                .refreshPartitionsAsync()
                .thenCompose(known -> dedicated.connectAsync(codec))
                .thenApply(Lent::new);
    }

    @Override
    public CompletionStage<StatefulRedisPubSubConnection<String, byte[]>> openPubSub() {
        return shared.connectPubSubAsync(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE))
                .thenApply(connection -> connection);
    }

    @Override
    public String serverMode() {
        return "cluster";
    }

    @Override
    public CompletableFuture<Void> shutdown() {
        return CompletableFuture.allOf(shared.shutdownAsync(), dedicated.shutdownAsync());
    }

    private <K, V> StatefulRedisClusterConnection<K, V> bounded(StatefulRedisClusterConnection<K, V> connection) {
        connection.setTimeout(settings.config().commandTimeout());
        return connection;
    }

    private record Nodes<K, V>(StatefulRedisClusterConnection<K, V> connection) implements Shared<K, V> {

        @Override
        public RedisClusterCommands<K, V> sync() {
            return connection.sync();
        }

        @Override
        public RedisClusterAsyncCommands<K, V> async() {
            return connection.async();
        }

        /**
         * Masters, those without slots, too: a command for a node whose connection is only being opened is rejected, so each must be open
         * before the first slot moves there. By address, as Lettuce finds them for a slot: by id it would open another connection.
         */
        @Override
        public List<CompletableFuture<? extends StatefulRedisConnection<K, V>>> servers() {
            List<CompletableFuture<? extends StatefulRedisConnection<K, V>>> servers = new java.util.ArrayList<>();
            for (RedisClusterNode node : connection.getPartitions()) {
                if (node.getRole().isUpstream() && !isLost(node)) {
                    servers.add(connection.getConnectionAsync(
                            node.getUri().getHost(), node.getUri().getPort()));
                }
            }
            return servers;
        }
    }

    private static boolean isLost(RedisClusterNode node) {
        return node.is(NodeFlag.FAIL) || node.is(NodeFlag.NOADDR) || node.is(NodeFlag.HANDSHAKE);
    }

    private static final class Lent<K, V> implements Dedicated<K, V> {

        private final StatefulRedisClusterConnection<K, V> connection;
        private final Map<String, StatefulRedisConnection<K, V>> used = new HashMap<>();

        Lent(StatefulRedisClusterConnection<K, V> connection) {
            this.connection = connection;
        }

        @Override
        public StatefulRedisConnection<K, V> serverOf(K key) {
            int slot = SlotHash.getSlot(connection.getCodec().encodeKey(key));
            RedisClusterNode node = connection.getPartitions().getPartitionBySlot(slot);
            if (node == null) {
                throw new IllegalStateException("no node of the cluster has slot " + slot);
            }
            RedisURI uri = node.getUri();
            return used.computeIfAbsent(
                    uri.getHost() + ":" + uri.getPort(),
                    address -> connection.getConnection(uri.getHost(), uri.getPort()));
        }

        @Override
        public Collection<StatefulRedisConnection<K, V>> used() {
            return used.values();
        }

        @Override
        public void close() {
            connection.closeAsync();
        }
    }
}
