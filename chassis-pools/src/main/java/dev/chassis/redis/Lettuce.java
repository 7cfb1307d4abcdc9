package dev.chassis.redis;

import dev.chassis.time.Backoff;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.TcpUserTimeoutOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.metrics.MicrometerCommandLatencyRecorder;
import io.lettuce.core.metrics.MicrometerOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.EpollProvider;
import io.lettuce.core.resource.Transports;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.File;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Our settings in the words of Lettuce. */
final class Lettuce {

    /** Whatever a record says: a failover by DNS is seen this soon. */
    private static final int DNS_SECONDS = 5;

    private static final String FLIGHT_RECORDER = "io.lettuce.core.jfr";

    private Lettuce() {}

    /** Keys and values as text, in UTF-8. */
    static RedisCodec<String, String> text() {
        return StringCodec.UTF8;
    }

    /** Threads, timer and name resolution of a pool and of those that share them. */
    static ClientResources resources(String pool, RedisConfig config, @Nullable MeterRegistry meters) {
        withoutFlightRecorder();
        return ClientResources.builder()
                .ioThreadPoolSize(config.ioThreads())
                .computationThreadPoolSize(2)
                .threadFactoryProvider(
                        kind -> new DefaultThreadFactory(pool + "-" + kind.replaceFirst("^lettuce-", ""), true))
                .reconnectDelay(fullJitter(new Backoff(config.reconnectMin(), config.reconnectMax())))
                .addressResolverGroup(dns())
                .commandLatencyRecorder(recorder(pool, meters))
                .build();
    }

    /**
     * What every connection does.
     *
     * <p>Nothing is ever sent twice: with REJECT_COMMANDS what was under way when a connection broke fails, and what comes before the next
     * one is open fails at once. A replay filter would add nothing but commands that are dropped without an answer.
     *
     * @param reconnects false for connections with a state of their own, like a transaction, that a new one would not have
     */
    static ClientOptions options(RedisConfig config, boolean reconnects, boolean renews) {
        return ClientOptions.builder()
                .autoReconnect(reconnects)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(config.requestQueueSize())
                .timeoutOptions(TimeoutOptions.enabled())
                .reauthenticateBehavior(
                        renews
                                ? ClientOptions.ReauthenticateBehavior.ON_NEW_CREDENTIALS
                                : ClientOptions.ReauthenticateBehavior.DEFAULT)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(socket(config))
                .sslOptions(tls(config))
                .build();
    }

    /** The same for a cluster. */
    static ClusterClientOptions clusterOptions(RedisConfig config, boolean reconnects, boolean renews) {
        ClusterClientOptions.Builder builder = ClusterClientOptions.builder(options(config, reconnects, renews))
                // Redirects and lost nodes trigger a refresh by default.
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh(config.topologyRefresh())
                        .adaptiveRefreshTriggersTimeout(Duration.ofSeconds(1))
                        .build());
        builder.maintNotificationsConfig(MaintNotificationsConfig.disabled()); // which the copy above leaves out
        return builder.build();
    }

    private static SocketOptions socket(RedisConfig config) {
        if (!EpollProvider.isAvailable()) {
            LoggerFactory.getLogger(Lettuce.class)
                    .info("no native epoll here: {} has no effect", "tcp-user-timeout of chassis.redis");
        }
        return SocketOptions.builder()
                .connectTimeout(config.connectTimeout())
                .tcpUserTimeout(TcpUserTimeoutOptions.builder()
                        .enable(EpollProvider.isAvailable())
                        .tcpUserTimeout(config.tcpUserTimeout())
                        .build())
                .build();
    }

    private static SslOptions tls(RedisConfig config) {
        SslOptions.Builder tls = SslOptions.builder().jdkSslProvider().handshakeTimeout(config.connectTimeout());
        config.tls().caFile().map(File::new).ifPresent(tls::trustManager);
        return tls.build();
    }

    /** Lettuce's own "full jitter" waits for half of the ceiling at least. */
    private static Delay fullJitter(Backoff backoff) {
        return new Delay() {
            @Override
            public Duration createDelay(long attempt) {
                return backoff.delay((int) Math.min(Math.max(attempt - 1, 0), 1_000), ThreadLocalRandom.current());
            }
        };
    }

    /** Its events load and prepare Flight Recorder, before the first connection, whether somebody records or not. Whoever wants them says so. */
    private static void withoutFlightRecorder() {
        if (System.getProperty(FLIGHT_RECORDER) == null) {
            System.setProperty(FLIGHT_RECORDER, "false"); // read once, before the first connection
        }
    }

    /** Never blocks an event loop, and forgets what it knows by {@link #DNS_SECONDS}. */
    private static DnsAddressResolverGroup dns() {
        return new DnsAddressResolverGroup(new DnsNameResolverBuilder()
                .datagramChannelType(Transports.datagramChannelClass())
                .socketChannelType(Transports.socketChannelClass().asSubclass(SocketChannel.class))
                .ttl(0, DNS_SECONDS)
                .negativeTtl(1));
    }

    private static CommandLatencyRecorder recorder(String pool, @Nullable MeterRegistry meters) {
        return meters == null
                ? CommandLatencyRecorder.disabled()
                : new MicrometerCommandLatencyRecorder(
                        meters,
                        MicrometerOptions.builder()
                                .tags(io.micrometer.core.instrument.Tags.of("pool", pool))
                                .build());
    }
}
