package dev.chassis.hazelcast;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.chassis.Service;
import dev.chassis.bus.ClusterBus;
import dev.chassis.config.Checked;
import dev.chassis.devservices.DevServer;
import dev.chassis.devservices.DevServices;
import dev.chassis.health.Health;
import dev.chassis.health.HealthCheck;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.TransientFailureException;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hazelcast: a client by default, a member of the cluster on request ({@code chassis.hazelcast.mode=member}).
 *
 * <pre>{@code
 * var hazelcast = service.add(HazelcastPool.from(service));
 * ...
 * IMap<String, Order> orders = hazelcast.map("orders");     // once started
 * }</pre>
 *
 * <p>A client connects before the service is ready, with a limit, and from then on reconnects for ever; while the cluster is away its
 * operations fail at once. A member is ready when it has joined and every partition has its backups; on stop it hands its data over, as
 * long as the deadline allows. No address: outside of ECS the dev services give a client one and let a member stand alone.
 *
 * <p>Thread-safe once it has started; {@code withX} belongs to the thread that assembles the service.
 *
 * <p>I1: {@code start} alone makes a node, and keeps it only if no {@code stop} came meanwhile. I2: a node that is kept stays until the
 * next start, so that every {@code stop} waits for the same end.
 */
public final class HazelcastPool implements Component, Checked {

    private static final Logger LOG = LoggerFactory.getLogger(HazelcastPool.class);
    private static final String PREFIX = "chassis.hazelcast";
    private static final String ALONE = "dev";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");
    private static final List<String> GROUPS = List.of("ecs", "member", "near-caches");

    private final String name;
    private final String prefix;
    private final HazelcastConfig config;
    private final MapMeters mapMeters;
    private final RingBus bus;

    private Consumer<ClientConfig> clientCustomizer;
    private Consumer<Config> memberCustomizer;

    private @Nullable Node node; // guarded by this, like the two below
    private boolean stopped;
    private int stops;

    private HazelcastPool(String name, String prefix, HazelcastConfig config) {
        Library.require(); // before anything here needs a class of it
        this.name = Objects.requireNonNull(name, "name");
        this.prefix = prefix;
        this.config = Objects.requireNonNull(config, "config");
        this.mapMeters = new MapMeters(name);
        this.bus = new RingBus(name);
        this.clientCustomizer = client -> {};
        this.memberCustomizer = member -> {};
    }

    /**
     * The pool of a service, configured by {@code chassis.hazelcast.*} and named {@code hazelcast}.
     *
     * @throws IllegalStateException if {@code com.hazelcast:hazelcast} is not on the class path
     */
    public static HazelcastPool from(Service service) {
        return new HazelcastPool("hazelcast", PREFIX, service.config(PREFIX, HazelcastConfig.class));
    }

    /**
     * A further pool of a service, configured by {@code chassis.hazelcast.<name>.*} and named {@code hazelcast-<name>}.
     *
     * @param name lower-case letters, digits and hyphens; not a group of keys itself, like {@code member}
     * @throws IllegalArgumentException if the name is not like that
     * @throws IllegalStateException if {@code com.hazelcast:hazelcast} is not on the class path
     */
    public static HazelcastPool from(Service service, String name) {
        if (!NAME.matcher(name).matches() || GROUPS.contains(name)) {
            throw new IllegalArgumentException(
                    "name: " + name + " (expected: lower-case letters, digits and hyphens, and none of "
                            + String.join(", ", GROUPS) + ")");
        }
        String prefix = PREFIX + "." + name;
        return new HazelcastPool("hazelcast-" + name, prefix, service.config(prefix, HazelcastConfig.class));
    }

    /**
     * A pool that somebody else starts and stops. Its rules are asked by {@link #check}.
     *
     * @throws IllegalStateException if {@code com.hazelcast:hazelcast} is not on the class path
     */
    public static HazelcastPool of(String name, HazelcastConfig config) {
        return new HazelcastPool(name, PREFIX, config);
    }

    /** Lets code change what Hazelcast is given for a client: serializers, load balancers. Called at each attempt to start. */
    public HazelcastPool withClientConfig(Consumer<ClientConfig> customizer) {
        clientCustomizer = clientCustomizer.andThen(customizer);
        return this;
    }

    /** Lets code change what Hazelcast is given for a member: maps, serializers, listeners. Called at each attempt to start. */
    public HazelcastPool withMemberConfig(Consumer<Config> customizer) {
        memberCustomizer = memberCustomizer.andThen(customizer);
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void check(Checked.Problems problems) {
        new Rules(config, prefix, DevServices.available().isPresent(), problems).check();
    }

    /**
     * Connects or joins; on return operations work.
     *
     * @throws TransientFailureException if no member was reached, or the cluster is too small or not safe in time
     * @throws IllegalStateException if members refuse the cluster's name, or there is neither an address nor a dev service
     * @throws InterruptedException if the thread is interrupted
     */
    @Override
    public void start(Deadline deadline) throws Exception {
        int before = stops();
        Library.logLikeTheRest();
        Endpoint endpoint = endpoint();
        Node made = config.mode() == HazelcastConfig.Mode.CLIENT
                ? new ClientStart(name, config, endpoint, clientCustomizer).run(deadline)
                : new MemberStart(name, config, endpoint, memberCustomizer).run(deadline);
        if (!keep(made, before)) {
            made.instance().getLifecycleService().terminate();
            throw new IllegalStateException(name + " was stopped while it started");
        }
        try {
            meteredMaps().forEach(this::map);
        } catch (RuntimeException e) {
            end();
            made.instance().getLifecycleService().terminate();
            throw new TransientFailureException("the cluster went away again", e);
        }
        bus.start(made.instance(), deadline);
    }

    /**
     * The instance, for everything Hazelcast has.
     *
     * @throws IllegalStateException before it has started and after it was stopped
     */
    public HazelcastInstance hazelcast() {
        return running().instance();
    }

    /**
     * A map, whose meters ({@code cache.*}) are there from now on.
     *
     * @throws IllegalStateException before it has started and after it was stopped
     */
    public <K, V> IMap<K, V> map(String map) {
        return mapMeters.map(hazelcast(), map);
    }

    /**
     * Tells every task of the service something, over ring buffers of the cluster named {@code chassis.bus.<topic>}. Subscriptions made
     * before the start begin with it. See docs/hazelcast.md for what can be missed and how that is told.
     */
    public ClusterBus bus() {
        return bus;
    }

    /** Up while it is connected, or this member runs; with the number of members. */
    @Override
    public Health health() {
        Node known = node();
        return known == null ? Health.down("not started") : known.health();
    }

    /** A read from a member, every time a different one. */
    @Override
    public List<HealthCheck> healthChecks() {
        return List.of(new Ping(name, config.critical(), this::running));
    }

    /** {@code hazelcast.connected} (1 or 0), {@code hazelcast.members}, and {@code cache.*} of the maps, all with the tag {@code pool}. */
    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("hazelcast.connected", this, pool -> pool.isUp() ? 1 : 0)
                .description("Whether the client is connected or the member runs")
                .tag("pool", name)
                .register(registry);
        Gauge.builder("hazelcast.members", this, HazelcastPool::members)
                .description("Members of the cluster as seen from here")
                .tag("pool", name)
                .register(registry);
        mapMeters.bindTo(registry);
    }

    /**
     * Ends every subscription and the instance. A member hands its data over first.
     *
     * @throws IllegalStateException if the deadline cut the handing over short, or something is still closing
     * @throws InterruptedException if the thread is interrupted
     */
    @Override
    public void stop(Deadline deadline) throws InterruptedException {
        Node ended = end();
        bus.stop();
        if (ended != null) {
            ended.stop(deadline);
        }
    }

    // A name with an asterisk configures the near caches of many maps, and is none itself.
    private List<String> meteredMaps() {
        return Stream.concat(
                        config.nearCaches().keySet().stream().filter(map -> map.indexOf('*') < 0),
                        config.meteredMaps().stream().flatMap(List::stream))
                .toList();
    }

    private Endpoint endpoint() {
        if (Endpoint.isGiven(config)) {
            return Endpoint.given(config);
        }
        DevServices services = DevServices.available()
                .orElseThrow(() -> new IllegalStateException(prefix
                        + ".members is not set (expected: host:port of members, or " + prefix + ".ecs.service-name)"));
        if (config.mode() == HazelcastConfig.Mode.MEMBER) {
            LOG.info("{}: a member that stands alone, because {}.members is not set", name, prefix);
            return new Endpoint(config.clusterName().orElse(ALONE), List.of(), Map.of());
        }
        DevServer server = services.server(DevServices.HAZELCAST);
        LOG.info("{}: {}", name, server.reason());
        return new Endpoint(server.username(), List.of(server.url()), Map.of());
    }

    private Node running() {
        Node known = node();
        if (known == null) {
            throw new IllegalStateException(name + " is not started, or was stopped");
        }
        return known;
    }

    private boolean isUp() {
        Node known = node();
        return known != null && known.isUp();
    }

    private int members() {
        Node known = node();
        return known == null ? 0 : known.members();
    }

    private synchronized @Nullable Node node() {
        return stopped ? null : node;
    }

    private synchronized int stops() {
        return stops;
    }

    private synchronized boolean keep(Node made, int before) {
        if (stops != before) {
            return false;
        }
        node = made;
        stopped = false;
        return true;
    }

    private synchronized @Nullable Node end() {
        stops++;
        stopped = true;
        return node;
    }
}
