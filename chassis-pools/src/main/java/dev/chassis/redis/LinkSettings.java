package dev.chassis.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import io.smallrye.config.Secret;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the connections of a pool are opened with.
 *
 * @param url the address, where there is one
 * @param credentials null to log in as the configuration says
 */
record LinkSettings(
        RedisConfig config,
        String clientName,
        @Nullable Address url,
        ClientResources resources,
        @Nullable RenewedCredentials credentials,
        ConnectionWatch watch) {

    Links open() {
        return Rules.isCluster(config) ? new ClusterLinks(this) : new StandaloneLinks(this);
    }

    boolean renews() {
        return credentials != null;
    }

    void listeners(AbstractRedisClient client) {
        client.addListener((io.lettuce.core.RedisConnectionStateListener) watch);
    }

    /** The server, or where to ask for it. */
    RedisURI uri() {
        return url != null ? uri(url) : sentinels();
    }

    /** Where to ask for the nodes of a cluster. */
    List<RedisURI> nodes() {
        return url != null
                ? List.of(uri(url))
                : addresses().stream().map(this::uri).toList();
    }

    private RedisURI sentinels() {
        RedisURI.Builder builder = RedisURI.builder()
                .withSentinelMasterId(config.masterId().orElseThrow())
                .withSsl(config.tls().enabled());
        for (Address sentinel : addresses()) {
            builder.withSentinel(plain(sentinel).build());
        }
        return login(builder).build();
    }

    private List<Address> addresses() {
        return config.nodes().orElseThrow().stream()
                .map(node -> Address.ofHostAndPort(node, config.tls().enabled()))
                .toList();
    }

    private RedisURI uri(Address address) {
        return login(plain(address)).build();
    }

    private RedisURI.Builder plain(Address address) {
        return RedisURI.builder()
                .withHost(address.host())
                .withPort(address.port())
                .withSsl(address.tls())
                .withTimeout(config.connectTimeout());
    }

    private RedisURI.Builder login(RedisURI.Builder builder) {
        builder.withDatabase(config.database())
                .withClientName(clientName)
                .withTimeout(config.connectTimeout()); // of the handshake; commands get theirs when it is over
        RedisCredentialsProvider renewed = credentials;
        if (renewed != null) {
            return builder.withAuthentication(renewed);
        }
        password(config).ifPresent(secret -> {
            config.username()
                    .ifPresentOrElse(
                            user -> builder.withAuthentication(user, secret.toCharArray()),
                            () -> builder.withPassword(secret.toCharArray()));
        });
        return builder;
    }

    /** SmallRye Config gives a secret that is not set as a {@code Secret} of null. */
    static Optional<String> password(RedisConfig config) {
        return config.password().map(Secret::get);
    }
}
