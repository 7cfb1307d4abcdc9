package dev.chassis.hazelcast;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.ClientConnectionStrategyConfig.ReconnectMode;
import com.hazelcast.client.config.ClientNetworkConfig;
import com.hazelcast.client.properties.ClientProperty;
import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.config.NearCacheConfig;
import java.time.Duration;

/** Our configuration of a client in Hazelcast's terms. Stateless. */
final class ClientSettings {

    private static final Duration TCP_CONNECT = Duration.ofSeconds(5);
    private static final int FOR_EVER = -1;

    private ClientSettings() {}

    static ClientConfig of(HazelcastConfig config, String pool, Endpoint endpoint) {
        ClientConfig client = new ClientConfig();
        client.setClusterName(endpoint.clusterName());
        client.addLabel(pool);
        config.labels().ifPresent(labels -> labels.forEach(client::addLabel));
        network(client.getNetworkConfig(), config, endpoint);
        reconnect(client, config);
        properties(client, config);
        config.nearCaches().forEach((map, cache) -> client.addNearCacheConfig(nearCache(map, cache)));
        return client;
    }

    private static void network(ClientNetworkConfig network, HazelcastConfig config, Endpoint endpoint) {
        network.setAddresses(endpoint.members());
        network.setConnectionTimeout(millis(smaller(TCP_CONNECT, config.connectTimeout())));
        network.setRedoOperation(config.repeatWrites());
        network.getAutoDetectionConfig().setEnabled(false);
        if (!endpoint.ecs().isEmpty()) {
            network.getAwsConfig().setEnabled(true);
            endpoint.ecs().forEach(network.getAwsConfig()::setProperty);
        }
    }

    private static void reconnect(ClientConfig client, HazelcastConfig config) {
        client.getConnectionStrategyConfig()
                .setAsyncStart(false)
                .setReconnectMode(
                        config.whileAway() == HazelcastConfig.WhileAway.FAIL ? ReconnectMode.ASYNC : ReconnectMode.ON)
                .getConnectionRetryConfig()
                // A limit here would also limit every reconnection, after which the client ends itself. The start has
                // one of its own.
                .setClusterConnectTimeoutMillis(FOR_EVER)
                .setInitialBackoffMillis(millis(config.reconnectDelay()))
                .setMaxBackoffMillis(millis(config.reconnectMaxDelay()))
                .setMultiplier(2)
                .setJitter(1);
    }

    private static void properties(ClientConfig client, HazelcastConfig config) {
        client.setProperty("hazelcast.logging.type", "slf4j");
        client.setProperty(
                ClientProperty.INVOCATION_TIMEOUT_SECONDS.getName(),
                String.valueOf(config.invocationTimeout().toSeconds()));
        client.setProperty(ClientProperty.INVOCATION_RETRY_PAUSE_MILLIS.getName(), "100");
        client.setProperty(
                ClientProperty.HEARTBEAT_INTERVAL.getName(), String.valueOf(millis(config.heartbeatInterval())));
        client.setProperty(
                ClientProperty.HEARTBEAT_TIMEOUT.getName(), String.valueOf(millis(config.heartbeatTimeout())));
    }

    private static NearCacheConfig nearCache(String map, HazelcastConfig.NearCache cache) {
        return new NearCacheConfig(map)
                .setInMemoryFormat(cache.objects() ? InMemoryFormat.OBJECT : InMemoryFormat.BINARY)
                .setInvalidateOnChange(cache.invalidateOnChange())
                .setTimeToLiveSeconds((int) cache.timeToLive().toSeconds())
                .setEvictionConfig(new EvictionConfig()
                        .setEvictionPolicy(EvictionPolicy.LRU)
                        .setMaxSizePolicy(MaxSizePolicy.ENTRY_COUNT)
                        .setSize(cache.maxEntries()));
    }

    private static Duration smaller(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
