package dev.chassis.websocket;

import dev.chassis.Service;
import dev.chassis.bus.ClusterBus;
import dev.chassis.config.Checked;
import dev.chassis.health.Health;
import dev.chassis.http.HttpConfig;
import dev.chassis.http.Request;
import dev.chassis.json.Json;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.DrainConfig;
import dev.chassis.lifecycle.InFlight;
import dev.chassis.lifecycle.Stage;
import dev.chassis.lifecycle.Workers;
import dev.chassis.time.Deadline;
import dev.chassis.websocket.internal.DeflateOffer;
import dev.chassis.websocket.internal.DeflatePool;
import dev.chassis.websocket.internal.OutboxSettings;
import dev.chassis.websocket.internal.ProtocolSettings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.smallrye.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The WebSocket sessions of a service: their limits, their topics, and how they are left.
 *
 * <pre>{@code
 * WebSockets sockets = service.add(WebSockets.from(service).over(bus));
 * service.http(routes -> routes.get("/live/{contest}", sockets.json(Command.class, new LiveScores(sockets))));
 * sockets.topics().publish("contest-7", Message.json(leaderboard));
 * }</pre>
 *
 * <ul>
 *   <li>{@link #announce}: upgrades are refused with 503 and a {@code Retry-After} that differs from client to client; sessions go on and
 *       are told, where the endpoint has something to tell them.
 *   <li>{@link #drain}: sessions are closed with 1012, evenly over {@code chassis.websocket.drain-window}, those with a running handler when
 *       it is done. What {@link Session#send} has called queued goes out first. The reason of the close is {@code {"retryMs":n}}: who comes
 *       back after so long comes at a time of its own.
 *   <li>{@link #stop}: what is left is closed with 1001, and its handlers are interrupted.
 * </ul>
 *
 * <p>Where a load balancer cuts sockets before there is a SIGTERM, {@link #moveAway} does earlier what the drain does to sessions.
 *
 * <p>Configured by one thread before the start, then thread-safe. Invariants:
 *
 * <ul>
 *   <li>I1: a session is in {@code byId}, {@code sessions}, {@code addresses} and {@code users} from its claim to its {@link #over}.
 *   <li>I2: {@code accepting} falls once, before the loops are told of the drain; a session that was claimed before and is taken after that
 *       finds it fallen and retires by itself.
 *   <li>I3: {@code leaving} rises once, before the loops are told to leave, and I2 holds of it as well.
 * </ul>
 */
public final class WebSockets implements Component, Checked {

    private static final Logger LOG = LoggerFactory.getLogger(WebSockets.class);
    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);
    private static final Duration GOODBYE = Duration.ofSeconds(1);
    private static final int MIN_KEY_LENGTH = 32;

    private final String name;
    private final String prefix;
    private final WebSocketConfig config;
    private final @Nullable HttpConfig http;
    private final Duration grace;
    private final Timing timing;
    private final Pace pace;
    private final ProtocolSettings protocol;
    private final OutboxSettings outbox;
    private final DeflatePool deflate;
    private final Json json = new Json();
    private final WebSocketMeters meters = new WebSocketMeters();
    private final InFlight sessions = new InFlight();
    private final Quota addresses;
    private final Quota users;
    private final Workers workers;
    private final Topics topics;
    private final Tickets tickets;
    private final ConcurrentMap<String, LiveSession<?>> byId = new ConcurrentHashMap<>();
    private final ConcurrentMap<EventLoop, SessionLoop> loops = new ConcurrentHashMap<>();
    private final AtomicBoolean leaving = new AtomicBoolean(); // I3
    private final AtomicBoolean drainBegun = new AtomicBoolean();
    private @Nullable TicketNews ticketNews;
    private volatile @Nullable Origins origins;
    private volatile boolean accepting = true;

    private WebSockets(
            String name,
            String prefix,
            WebSocketConfig config,
            @Nullable HttpConfig http,
            @Nullable DrainConfig drain) {
        this.name = name;
        this.prefix = prefix;
        this.config = config;
        this.http = http;
        this.grace = drain == null ? DEFAULT_GRACE : Timing.grace(drain);
        this.timing = Timing.of(config, grace);
        this.pace = new Pace(config.messagesPerSecond(), config.messageBurst());
        this.protocol = new ProtocolSettings(
                config.maxMessageBytes(),
                config.maxFragments(),
                config.maxInflateRatio(),
                config.controlFramesPerSecond(),
                config.closeTimeout().toNanos());
        this.outbox = new OutboxSettings(
                config.maxUnsentBytes(), config.slowReaderTimeout().toNanos());
        this.deflate = new DeflatePool(2 * Runtime.getRuntime().availableProcessors());
        this.addresses = new Quota(config.maxSessionsPerAddress());
        this.users = new Quota(config.maxSessionsPerUser());
        this.workers = Workers.create(name, config.maxHandlers());
        byte[] key = key(config);
        this.topics = new Topics(name, json, key);
        this.tickets = new Tickets(key, config.ticketLifetime(), this::tellUsed);
    }

    /** The sockets of a service, with the keys {@code chassis.websocket.*}. */
    public static WebSockets from(Service service) {
        return from(service, "websocket", "chassis.websocket");
    }

    /** Others, with limits of their own: {@code websocket-<name>}, with the keys {@code chassis.websocket.<name>.*}. */
    public static WebSockets from(Service service, String name) {
        return from(service, "websocket-" + name, "chassis.websocket." + name);
    }

    private static WebSockets from(Service service, String name, String prefix) {
        return new WebSockets(
                name,
                prefix,
                service.config(prefix, WebSocketConfig.class),
                service.config(HttpConfig.class),
                service.config(DrainConfig.class));
    }

    /** Sockets that are driven by hand, or given to a service; a drain has ten seconds for them. */
    public static WebSockets of(String name, WebSocketConfig config) {
        return new WebSockets(name, "chassis.websocket", config, null, null);
    }

    /** Has topics reach the sessions of all tasks, and tells these of used tickets. Before the start. */
    public WebSockets over(ClusterBus cluster) {
        ticketNews = new TicketNews(cluster, "chassis." + name + ".tickets", tickets);
        topics.over(cluster);
        return this;
    }

    /**
     * Lets sessions that come back within two minutes hear what they have missed of these topics: whoever joins gets {@code
     * {"type":"resume","topic":…,"token":…}} from time to time, and gives the latest to {@link Reply#andResume}. Before the start; the same
     * on all tasks, and so must be {@code chassis.websocket.signing-key}.
     */
    public WebSockets resumable(Predicate<String> which) {
        topics.resumable(which);
        return this;
    }

    /** An endpoint whose messages are text. */
    public WebSocketEndpoint<String> text(WebSocketHandler<String> handler) {
        return new WebSocketEndpoint<>(this, handler, Kind.TEXT, String.class::cast);
    }

    /** An endpoint whose messages are bytes. */
    public WebSocketEndpoint<byte[]> binary(WebSocketHandler<byte[]> handler) {
        return new WebSocketEndpoint<>(this, handler, Kind.BINARY, byte[].class::cast);
    }

    /**
     * An endpoint whose messages are JSON of a type, read as strictly as bodies of HTTP ({@link Request#body(Class)}); one that is something
     * else closes its session with 1007.
     */
    public <T> WebSocketEndpoint<T> json(Class<T> type, WebSocketHandler<T> handler) {
        return new WebSocketEndpoint<>(
                this,
                handler,
                Kind.TEXT,
                message -> json.decode(((String) message).getBytes(StandardCharsets.UTF_8), type));
    }

    /** An endpoint whose messages are text or bytes, each a {@code String} or a {@code byte[]}. */
    public WebSocketEndpoint<Object> any(WebSocketHandler<Object> handler) {
        return new WebSocketEndpoint<>(this, handler, Kind.ANY, message -> message);
    }

    /** What many sessions hear. */
    public Topics topics() {
        return topics;
    }

    /** Tickets for clients that can send no headers. */
    public Tickets tickets() {
        return tickets;
    }

    /** The open session of this id, if this task has it. */
    public Optional<Session> session(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    // ---- the life of the component

    @Override
    public String name() {
        return name;
    }

    @Override
    public Stage stage() {
        return Stage.INGRESS;
    }

    /** Begins to hear other tasks, where there is a bus; handshakes come with the HTTP server. */
    @Override
    public void start(Deadline deadline) {
        topics.start();
        if (ticketNews != null) {
            ticketNews.start();
        }
    }

    /**
     * Closes the sessions of this task as its drain does, before there is a drain: those that are open now with 1012, evenly over the window,
     * those with a running handler when it is done; each is told a time of its own to come back. For a task that is about to be cut off:
     * on ECS the load balancer cuts sockets when the deregistration delay is over, and SIGTERM comes after that.
     *
     * <p>Returns at once. Readiness and HTTP stay as they are, and upgrades are still answered; a session that comes now is closed as soon as
     * its {@code onOpen} is done. A drain that begins meanwhile closes what is left over its own window. Every call but the first does nothing. Thread-safe;
     * does no harm before the start and after the stop.
     *
     * @param window in which the last one is closed, or its handler waited for; zero closes all now
     * @throws IllegalArgumentException if the window is negative
     */
    public void moveAway(Duration window) {
        if (window.isNegative()) {
            throw new IllegalArgumentException("window: " + window + " (expected: 0 or more)");
        }
        if (!leaving.compareAndSet(false, true)) { // I3
            return;
        }
        LOG.info(
                "event=websocket_moving component={} sessions={} window_ms={}: they are closed with 1012 before anybody cuts them",
                name,
                sessions.count(),
                window.toMillis());
        long windowNanos = window.toNanos();
        onLoops(SessionLoop::tellAll);
        onLoops(loop -> loop.leave(windowNanos, Math.max(windowNanos, timing.spreadNanos())));
    }

    @Override
    public void announce() {
        accepting = false; // I2
        if (!leaving.get()) { // else they have been told
            onLoops(SessionLoop::tellAll);
        }
    }

    @Override
    public CompletionStage<Void> drain() {
        accepting = false; // I2
        CompletionStage<Void> empty = sessions.close();
        if (drainBegun.compareAndSet(false, true)) {
            int open = sessions.count();
            long moved = meters.drainedCount();
            onLoops(loop -> loop.leave(timing.windowNanos(), timing.spreadNanos()));
            return empty.thenRun(() -> report(open, moved));
        }
        return empty;
    }

    private void report(int open, long moved) {
        LOG.info(
                "event=websocket_drained component={} moved={} sessions={} drained={} forced={}",
                name,
                moved,
                open,
                meters.drainedCount() - moved,
                meters.forcedCount());
    }

    /**
     * Closes what is left with 1001, interrupts handlers and ends all threads.
     *
     * @throws InterruptedException if the calling thread is interrupted; everything has been told to end by then
     */
    @Override
    public void stop(Deadline deadline) throws InterruptedException {
        accepting = false; // I2
        CompletionStage<Void> empty = sessions.close();
        onLoops(SessionLoop::closeAll);
        awaitGoodbyes(empty, deadline.atMost(GOODBYE));
        workers.shutdown(deadline);
        if (ticketNews != null) {
            ticketNews.stop();
        }
        topics.stop(deadline.remainingNanos());
        deflate.close();
    }

    private static void awaitGoodbyes(CompletionStage<Void> empty, Deadline deadline) throws InterruptedException {
        try {
            empty.toCompletableFuture().get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            LOG.debug("Some sessions do not answer the goodbye");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // the counter never fails
        }
    }

    private void onLoops(Consumer<SessionLoop> step) {
        for (SessionLoop loop : loops.values()) {
            try {
                loop.executor().execute(() -> step.accept(loop));
            } catch (RejectedExecutionException stopped) {
                LOG.debug("An event loop has stopped already, and its sessions with it");
            }
        }
    }

    /** Sessions that are not over. */
    @Override
    public int inFlight() {
        return sessions.count();
    }

    @Override
    public Health health() {
        if (!accepting) {
            return Health.degraded("leaving; " + sessions.count() + " sessions");
        }
        return topics.trouble()
                .map(trouble -> Health.degraded("other tasks: " + trouble))
                .orElseGet(() -> Health.up(sessions.count() + " sessions"));
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        meters.bindTo(registry);
        Gauge.builder(WebSocketMeters.PREFIX + "sessions", sessions, InFlight::count)
                .description("Sessions that are not over")
                .register(registry);
        WebSocketMeters.count(registry, "conflated", outbox.conflated());
        WebSocketMeters.count(registry, "dropped", outbox.dropped());
        FunctionCounter.builder(WebSocketMeters.PREFIX + "gaps", topics, Topics::gaps)
                .register(registry);
        FunctionCounter.builder(WebSocketMeters.PREFIX + "untold", topics, Topics::untold)
                .register(registry);
    }

    /** Pings must come at least twice in the idle time-out of the load balancer; a drain must fit into its budget; keys must be long. */
    @Override
    public void check(Problems problems) {
        Duration longest = Timing.longestPing(config);
        if (http != null && http.loadBalancerIdleTimeout().isPresent()) {
            Duration half =
                    Duration.ofNanos(http.loadBalancerIdleTimeout().get().toNanos() / 2);
            if (longest.compareTo(half) > 0) {
                problems.add(
                        prefix + ".ping-interval",
                        "at most 5/12 of chassis.http.load-balancer-idle-timeout, "
                                + half.multipliedBy(5).dividedBy(6)
                                + ", so that one lost ping does not cost the connection");
            }
        }
        if (config.drainWindow().isPresent() && config.drainWindow().get().compareTo(grace) > 0) {
            problems.add(
                    prefix + ".drain-window",
                    "at most what chassis.drain leaves for work in flight (budget - announce - close), " + grace);
        }
        if (key(config).length < MIN_KEY_LENGTH) {
            problems.add(prefix + ".signing-key", "at least " + MIN_KEY_LENGTH + " characters");
        }
        try {
            origins();
        } catch (IllegalArgumentException e) {
            problems.add(prefix + ".allowed-origins", "scheme://host[:port] each, without a path, or *");
        }
    }

    // ---- what endpoints and sessions ask

    boolean isAccepting() {
        return accepting;
    }

    boolean isFull() {
        return sessions.count() >= config.maxSessions();
    }

    boolean isFullForAddress(String address) {
        return addresses.isFull(address);
    }

    boolean isFullForUser(Principal principal) {
        return users.isFull(principal.user());
    }

    Optional<DeflateOffer> deflate(Request request) {
        return config.compression()
                ? Optional.ofNullable(DeflateOffer.accept(request.headers().all("sec-websocket-extensions")))
                : Optional.empty();
    }

    /** I1; false if a limit has been reached meanwhile. */
    boolean claim(LiveSession<?> session) {
        if (!accepting || !sessions.tryEnter()) {
            return false;
        }
        if (sessions.count() <= config.maxSessions() && addresses.tryEnter(session.clientAddress())) {
            if (session.principal().isEmpty()
                    || users.tryEnter(session.principal().get().user())) {
                byId.put(session.id(), session);
                return true;
            }
            addresses.exit(session.clientAddress());
        }
        sessions.exit();
        return false;
    }

    /** A session without a principal gets one. */
    boolean claimUser(Principal principal) {
        return users.tryEnter(principal.user());
    }

    /** A session has been taken (I2, I3). */
    void opened(LiveSession<?> session) {
        if (!accepting || leaving.get()) {
            session.retire(timing.retryAfter().toMillis());
        }
    }

    /** Its connection is gone. */
    void closed(int code, boolean forced) {
        meters.closed(code);
        if ((leaving.get() || drainBegun.get()) && !forced) {
            meters.drained();
        }
    }

    /** It is over (I1). */
    void over(LiveSession<?> session) {
        byId.remove(session.id());
        addresses.exit(session.clientAddress());
        session.principal().ifPresent(principal -> users.exit(principal.user()));
        sessions.exit();
    }

    SessionLoop loop(EventLoop executor) {
        return loops.computeIfAbsent(executor, made -> new SessionLoop(made, timing.sweepMillis()));
    }

    boolean isFull(Lane lane) {
        return lane.waiting() > config.maxWaitingMessages() || lane.waitingBytes() > config.maxWaitingBytes();
    }

    boolean isHalfEmpty(Lane lane) {
        return lane.waiting() <= config.maxWaitingMessages() / 2 && lane.waitingBytes() <= config.maxWaitingBytes() / 2;
    }

    /** Read when first asked for, because a bad value is to be reported with all others. Two threads may both make it; they make the same. */
    Origins origins() {
        Origins known = origins;
        if (known == null) {
            known = new Origins(config.allowedOrigins().orElse(List.of()));
            origins = known;
        }
        return known;
    }

    Timing timing() {
        return timing;
    }

    Pace pace() {
        return pace;
    }

    Json json() {
        return json;
    }

    WebSocketMeters meters() {
        return meters;
    }

    Workers workers() {
        return workers;
    }

    ProtocolSettings protocolSettings() {
        return protocol;
    }

    OutboxSettings outboxSettings() {
        return outbox;
    }

    DeflatePool deflatePool() {
        return deflate;
    }

    /** What tickets and tokens are signed with; one of this task's own where none is set. */
    private static byte[] key(WebSocketConfig config) {
        Optional<String> set = config.signingKey().map(Secret::get);
        if (set.isPresent()) {
            return set.get().getBytes(StandardCharsets.UTF_8);
        }
        byte[] own = new byte[MIN_KEY_LENGTH];
        new SecureRandom().nextBytes(own);
        return own;
    }

    private void tellUsed(byte[] ticket) {
        if (ticketNews != null) {
            ticketNews.tell(ticket);
        }
    }
}
