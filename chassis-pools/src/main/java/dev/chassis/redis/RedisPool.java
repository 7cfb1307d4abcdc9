package dev.chassis.redis;

import dev.chassis.Service;
import dev.chassis.config.Checked;
import dev.chassis.context.Correlation;
import dev.chassis.devservices.DevServer;
import dev.chassis.devservices.DevServices;
import dev.chassis.health.Health;
import dev.chassis.health.HealthCheck;
import dev.chassis.lifecycle.Component;
import dev.chassis.time.Deadline;
import dev.chassis.time.StartSpread;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.resource.ClientResources;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redis: one connection that everybody shares, and a few that are lent.
 *
 * <pre>{@code
 * var redis = service.add(RedisPool.from(service));
 * redis.sync().set("greeting", "hello");
 * redis.async().get("greeting").thenAccept(...);          // completes on an event loop: never block there
 * try (var lease = redis.lease()) { ... }                 // MULTI, BLPOP
 * var bus = service.add(RedisBus.over(redis));            // pub/sub
 * }</pre>
 *
 * <p>What it promises, in all three modes:
 *
 * <ul>
 *   <li>A command ends within {@link RedisConfig#commandTimeout()}; it fails at once when there is no connection, or when {@link
 *       RedisConfig#requestQueueSize()} others are without an answer. Nothing waits for a reconnect.
 *   <li>A command is sent at most once. One that was under way when the connection broke fails, and may have been executed.
 *   <li>Lost connections come back by themselves, after a random delay between zero and a ceiling that doubles from {@link
 *       RedisConfig#reconnectMin()} to {@link RedisConfig#reconnectMax()}; the address is resolved anew, at most 5 s old.
 *   <li>A connection that leads nowhere is closed after {@link RedisConfig.Ping#failures()} pings without an answer.
 * </ul>
 *
 * <p>Thread-safe once it has started; configured by one thread before.
 *
 * <ul>
 *   <li>I1: {@code live} is null before a start has succeeded and after stop; only start and stop write it, and whoever takes it out closes
 *       it.
 *   <li>I2: a start that fails has closed what it opened before it throws.
 * </ul>
 */
public final class RedisPool<K, V> implements Component, Checked {

    private static final Logger LOG = LoggerFactory.getLogger(RedisPool.class);

    private final String name;
    private final String prefix;
    private final String clientName;
    private final RedisConfig config;
    private final RedisCodec<K, V> codec;
    private final ConnectionWatch watch = new ConnectionWatch();
    private @Nullable RedisCredentials credentials;
    private @Nullable RedisPool<?, ?> host;
    private @Nullable MeterRegistry meters;
    private final StartSpread spread = new StartSpread();
    private volatile @Nullable Live<K, V> live;

    private RedisPool(String name, String prefix, String clientName, RedisConfig config, RedisCodec<K, V> codec) {
        this.name = name;
        this.prefix = prefix;
        this.clientName = clientName;
        this.config = config;
        this.codec = codec;
    }

    /**
     * A pool named {@code redis} with the keys {@code chassis.redis.*}, for text in UTF-8.
     *
     * @throws IllegalStateException if Lettuce is not on the class path
     */
    public static RedisPool<String, String> from(Service service) {
        LettuceLibrary.require();
        return strings("redis", "chassis.redis", service.name(), service.config("chassis.redis", RedisConfig.class));
    }

    /** One more pool, named {@code redis-<name>} with the keys {@code chassis.redis.<name>.*}. */
    public static RedisPool<String, String> from(Service service, String name) {
        LettuceLibrary.require();
        String prefix = "chassis.redis." + name;
        return strings("redis-" + name, prefix, service.name(), service.config(prefix, RedisConfig.class));
    }

    /** A pool that is driven by hand, or given to a service: {@code name} is its name, and the server's name for it. */
    public static RedisPool<String, String> of(String name, RedisConfig config) {
        LettuceLibrary.require();
        return strings(name, "chassis.redis", name, config);
    }

    private static RedisPool<String, String> strings(String name, String prefix, String client, RedisConfig config) {
        return new RedisPool<>(name, prefix, client, config, Lettuce.text());
    }

    /** The same pool for other keys and values, like {@code ByteArrayCodec.INSTANCE}. Before it is added or started. */
    public <K2, V2> RedisPool<K2, V2> withCodec(RedisCodec<K2, V2> other) {
        RedisPool<K2, V2> pool = new RedisPool<>(name, prefix, clientName, config, other);
        pool.credentials = credentials;
        pool.host = host;
        return pool;
    }

    /** Asks for the login instead of reading it from the configuration. Before the start. */
    public RedisPool<K, V> withCredentials(RedisCredentials provider) {
        this.credentials = provider;
        return this;
    }

    /** Uses the threads of another pool of the service instead of its own. Before the start; the other one starts first. */
    public RedisPool<K, V> sharing(RedisPool<?, ?> other) {
        this.host = other;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Component> dependsOn() {
        return host == null ? List.of() : List.of(host);
    }

    /** Every rule between the keys. */
    @Override
    public void check(Problems problems) {
        new Rules(prefix, config).check(problems);
    }

    /**
     * Connects, logs in and pings; with a cluster, to every node that has slots.
     *
     * @throws IllegalStateException if Redis refuses us for good: the login, the database, the mode, TLS
     * @throws dev.chassis.lifecycle.TransientFailureException if it cannot be reached, is loading, or has no connection left
     * @throws IllegalArgumentException if keys break a rule, for a pool that no service has checked
     */
    @Override
    public void start(Deadline deadline) throws Exception {
        requireRules();
        spread.once(config.startSpread(), deadline);
        Address url = address();
        Starting<K, V> starting = new Starting<>(name, config, codec, watch);
        live = starting.start(settings(url), deadline, host == null);
    }

    /** Makes what {@link #sync()} returns. */
    @Override
    public void afterReady() {
        Live<K, V> started = live;
        if (started != null) {
            started.shared().sync();
        }
    }

    /** Closes every connection, lent ones, too, and ends all threads; what is under way fails. */
    @Override
    public void stop(Deadline deadline) throws Exception {
        Live<K, V> ended = live;
        live = null;
        if (ended != null) {
            ended.close(deadline);
        }
    }

    /**
     * The commands of the shared connection, each of which blocks until it is answered. Not for BLPOP and the like: they would keep
     * everybody waiting. Transactions need a {@link #lease()}.
     *
     * @throws IllegalStateException if it has not started
     */
    public RedisClusterCommands<K, V> sync() {
        return live().shared().sync();
    }

    /**
     * The same without blocking. Futures complete on an event loop, where nothing may block, and without the correlation of the caller:
     * see {@link #carrying}.
     *
     * @throws IllegalStateException if it has not started
     */
    public RedisClusterAsyncCommands<K, V> async() {
        return live().shared().async();
    }

    /**
     * Lends a connection, for at most as long as the try block takes. Waits for one up to {@link RedisConfig.Leases#borrowTimeout()}.
     *
     * @throws RedisExhaustedException if none was given back in time
     * @throws io.lettuce.core.RedisException if one had to be opened and could not
     * @throws InterruptedException if interrupted while waiting
     */
    public RedisLease<K, V> lease() throws InterruptedException {
        return lease(config.commandTimeout());
    }

    /** The same for commands that block on purpose: each may take this long, which should be more than it is told to block. */
    public RedisLease<K, V> lease(Duration commandTimeout) throws InterruptedException {
        if (commandTimeout.isNegative() || commandTimeout.isZero()) {
            throw new IllegalArgumentException("commandTimeout: " + commandTimeout + " (expected: more than zero)");
        }
        return live().leases().borrow(commandTimeout);
    }

    /** Asks the credentials provider now, and logs every open connection in again. Returns at once. Without a provider: nothing. */
    public void reauthenticate() {
        RenewedCredentials renewed = live().settings().credentials();
        if (renewed != null) {
            renewed.renewNow();
        }
    }

    /**
     * A stage that completes like the given one, and under the correlation that is current now: what is added to it runs with the ids of
     * the request that sent the command.
     */
    public static <T> CompletableFuture<T> carrying(CompletionStage<T> stage) {
        return Correlation.wrap(stage);
    }

    /** How many connections are lent. */
    @Override
    public int inFlight() {
        Live<K, V> now = live;
        return now == null ? 0 : now.leases().count();
    }

    @Override
    public Health health() {
        if (live == null) {
            return Health.down("not started");
        }
        return watch.connected() > 0 ? Health.up(watch.connected() + " connections") : Health.down("not connected");
    }

    /** A ping of each server, which also closes connections that lead nowhere. */
    @Override
    public List<HealthCheck> healthChecks() {
        return List.of(new PingCheck(name, config, this::ping));
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        meters = registry;
        watch.bindTo(registry, name);
    }

    RedisConfig config() {
        return config;
    }

    String clientName() {
        return clientName;
    }

    Links links() {
        return live().links();
    }

    ConnectionWatch watch() {
        return watch;
    }

    ClientResources resources() {
        return live().settings().resources();
    }

    private Health ping(Supervisor supervisor) throws InterruptedException {
        Live<K, V> now = live;
        return now == null
                ? Health.down("not started")
                : supervisor.ping(now.shared().servers());
    }

    private Live<K, V> live() {
        Live<K, V> now = live;
        if (now == null) {
            throw new IllegalStateException(name + " is not started (expected: used between start and stop)");
        }
        return now;
    }

    private LinkSettings settings(@Nullable Address url) {
        ClientResources resources = host == null ? Lettuce.resources(name, config, meters) : host.resources();
        RenewedCredentials renewed =
                credentials == null ? null : new RenewedCredentials(name, credentials, config.reauthenticate());
        return new LinkSettings(config, config.clientName().orElse(clientName), url, resources, renewed, watch);
    }

    /** Null where nodes are asked for it. */
    private @Nullable Address address() {
        Optional<String> url = config.url();
        if (url.isEmpty() && config.mode() == RedisConfig.Mode.STANDALONE) {
            DevServer server = DevServices.available().orElseThrow().server(DevServices.REDIS);
            LOG.info("{}: {}", name, server.reason());
            url = Optional.of(server.url());
        }
        return url.map(Address::ofUrl).orElse(null);
    }
}
