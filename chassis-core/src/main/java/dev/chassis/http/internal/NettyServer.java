package dev.chassis.http.internal;

import dev.chassis.http.AccessLogConfig;
import dev.chassis.http.HttpConfig;
import dev.chassis.lifecycle.Component;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listener, event loops and their life. {@link dev.chassis.http.HttpServer} is its public face and carries the contract.
 *
 * <ul>
 *   <li>I1: {@code running} is set by a start that has bound, and never reset; a start that fails holds nothing.
 *   <li>I2: a drain begins once.
 * </ul>
 */
public final class NettyServer {

    private static final Logger LOG = LoggerFactory.getLogger(NettyServer.class);

    /** A turn of an event loop that certainly has looked at its sockets, because it had to wait for the time to pass. */
    private static final long ONE_TURN_MILLIS = 1;

    /** What a handshake that has begun needs to end, between two zones of a region. */
    private static final long HANDSHAKE_MILLIS = 3;

    private static final int ACCEPTS_PER_TURN = 16;

    private final HttpConfig config;
    private final HttpMeters meters = new HttpMeters();
    private final ServerState state;
    private final AtomicBoolean drainBegun = new AtomicBoolean();
    private final CompletableFuture<Void> listenerClosed = new CompletableFuture<>();
    private AccessLog accessLog = AccessLog.OFF; // set before start
    private volatile @Nullable Running running;

    /**
     * Checks and stores.
     *
     * @throws IllegalArgumentException if settings contradict each other
     */
    public NettyServer(HttpConfig config, Application application) {
        this.config = config;
        TlsContext.isConfigured(config.tls());
        this.state = new ServerState(config, Limits.of(config), application, meters);
    }

    /**
     * Tells of requests by these rules; before {@link #start}.
     *
     * @throws IllegalArgumentException if a share is none
     */
    public void accessLog(AccessLogConfig rules) {
        accessLog = AccessLog.of(rules);
    }

    /** Binds the meters; before {@link #start}. */
    public void bindTo(MeterRegistry registry) {
        meters.bind(registry);
        meters.gauge(
                HttpMeters.CONNECTIONS,
                "Open connections",
                state,
                s -> s.connections().count());
        meters.gauge(
                HttpMeters.IN_FLIGHT,
                "Requests accepted and not over, streams of events aside",
                state,
                s -> Math.max(0, s.inFlight().count() - s.eventStreams().count())); // the two do not change at once
        meters.gauge(
                HttpMeters.EVENTS, "Open streams of server-sent events", state.eventStreams(), EventStreams::count);
        meters.gauge(HttpMeters.QUEUED, "Requests waiting for a handler", state, ServerState::queued);
    }

    /**
     * Listens.
     *
     * @throws Exception if it cannot; then it holds nothing
     */
    public void start(Deadline deadline) throws Exception {
        InetSocketAddress address = address();
        Transport transport = Transport.best();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(threads(), threadFactory(), transport.handlers());
        try {
            Map<EventLoop, Loop> loops = loops(group);
            ServerPipeline pipeline = new ServerPipeline(
                    state, loops, TlsContext.load(config.tls()).orElse(null));
            Channel listener = bind(bootstrap(group, transport, pipeline), address, deadline);
            running = new Running(group, listener, loops);
        } catch (Exception | Error e) {
            group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
            throw e;
        }
    }

    /**
     * The port it listens on.
     *
     * @throws IllegalStateException before it has started
     */
    public int port() {
        Running current = running;
        if (current == null) {
            throw new IllegalStateException("the HTTP server has no port before it has started");
        }
        return current.port();
    }

    /** See {@link Component#announce}. */
    public void announce() {
        state.announce();
    }

    /** See {@link Component#drain}. */
    public CompletionStage<Void> drain() {
        CompletionStage<Void> idle = state.inFlight().close();
        if (drainBegun.compareAndSet(false, true)) {
            state.drain();
            Running current = running;
            if (current == null) {
                listenerClosed.complete(null);
            } else {
                closeListener(current);
                current.onConnections(Connection::drain);
            }
        }
        return idle.thenCombine(listenerClosed, (a, b) -> a);
    }

    /** See {@link Component#stop}. */
    public void stop(Deadline deadline) throws InterruptedException {
        drain();
        CompletionStage<Void> closed = state.connections().close();
        Running current = running;
        if (current != null) {
            if (!current.group().isShuttingDown()) { // else an earlier stop has said goodbye
                current.onConnections(Connection::stop);
                awaitGoodbyes(closed, deadline);
            }
            Future<?> loopsEnded = current.group().shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
            state.workers().shutdown(deadline);
            loopsEnded.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } else {
            state.workers().shutdown(deadline);
        }
    }

    /** Requests accepted and not over. */
    public int inFlight() {
        return state.inFlight().count();
    }

    /** See {@link Component#quietFor}. */
    public Duration quietFor() {
        Running current = running;
        return current == null ? Component.NO_TRAFFIC : current.quietFor(System.nanoTime());
    }

    private InetSocketAddress address() {
        InetSocketAddress address = new InetSocketAddress(config.host(), config.port());
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(
                    "chassis.http.host: " + config.host() + " (expected: an address or name of this host)");
        }
        return address;
    }

    private int threads() {
        return config.ioThreads() == 0 ? Runtime.getRuntime().availableProcessors() : config.ioThreads();
    }

    private static ThreadFactory threadFactory() {
        AtomicInteger number = new AtomicInteger();
        return task -> new FastThreadLocalThread(task, "io-" + number.getAndIncrement());
    }

    private Map<EventLoop, Loop> loops(EventLoopGroup group) {
        Map<EventLoop, Loop> loops = new IdentityHashMap<>();
        for (EventExecutor executor : group) {
            EventLoop loop = (EventLoop) executor;
            loops.put(loop, new Loop(loop, meters, accessLog));
        }
        return loops;
    }

    private ServerBootstrap bootstrap(EventLoopGroup group, Transport transport, ServerPipeline pipeline) {
        return new ServerBootstrap()
                .group(group) // accepting is rare work: it needs no thread of its own
                .channel(transport.listener())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, acceptSome())
                .option(ChannelOption.SO_BACKLOG, config.acceptBacklog())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(pipeline);
    }

    private Channel bind(ServerBootstrap bootstrap, InetSocketAddress address, Deadline deadline) throws Exception {
        ChannelFuture bound = bootstrap.bind(address);
        if (!bound.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
            bound.cancel(false);
            throw new TimeoutException(place() + " was not bound in time");
        }
        if (!bound.isSuccess()) {
            throw new IOException(
                    place() + " cannot be listened on: " + bound.cause().getMessage()
                            + " (expected: a port that is free and allowed, or 0 for any)",
                    bound.cause());
        }
        return bound.channel();
    }

    private String place() {
        return "chassis.http.port: " + config.port() + " on " + config.host();
    }

    /** Closing resets what the kernel has accepted for us, so all of it is taken in first and nothing new is let in meanwhile. */
    private void closeListener(Running current) {
        Channel listener = current.listener();
        Running.after(listener.eventLoop(), 0, () -> {
            SynFilter.attach(listener);
            acceptAllThereIs(listener);
            Running.after(
                    listener.eventLoop(),
                    HANDSHAKE_MILLIS,
                    () -> listener.close().addListener(closed -> listenerClosed.complete(null)));
        });
    }

    /** From now on a turn of the loop accepts until there is nothing left, instead of a few. */
    private static void acceptAllThereIs(Channel listener) {
        if (listener.config().getRecvByteBufAllocator() instanceof MaxMessagesRecvByteBufAllocator allocator) {
            allocator.maxMessagesPerRead(Integer.MAX_VALUE);
        }
    }

    /** Without asking whether there is more, which netty cannot know of a listener and answers with no. */
    private static MaxMessagesRecvByteBufAllocator acceptSome() {
        return new ServerChannelRecvByteBufAllocator()
                .respectMaybeMoreData(false)
                .maxMessagesPerRead(ACCEPTS_PER_TURN);
    }

    private void awaitGoodbyes(CompletionStage<Void> closed, Deadline deadline) throws InterruptedException {
        long nanos = Math.min(state.limits().lingerNanos(), deadline.remainingNanos());
        try {
            closed.toCompletableFuture().get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            // The peers had their time.
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // the counter never fails
        }
    }

    /** What a started server has. */
    private record Running(EventLoopGroup group, Channel listener, Map<EventLoop, Loop> loops) {

        int port() {
            return ((InetSocketAddress) listener.localAddress()).getPort();
        }

        Duration quietFor(long now) {
            long shortest = Long.MAX_VALUE;
            for (Loop loop : loops.values()) {
                long last = loop.lastRequestNanos();
                if (last != 0) {
                    shortest = Math.min(shortest, Math.max(0, now - last));
                }
            }
            return shortest == Long.MAX_VALUE ? Component.NO_TRAFFIC : Duration.ofNanos(shortest);
        }

        /** On each loop, after it has looked at its sockets once more. */
        void onConnections(Consumer<Connection> step) {
            for (Loop loop : loops.values()) {
                after(loop.executor(), ONE_TURN_MILLIS, () -> {
                    for (Connection connection : loop.connections()) {
                        step.accept(connection);
                    }
                });
            }
        }

        static void after(EventLoop loop, long millis, Runnable task) {
            try {
                loop.schedule(task, millis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException stopped) {
                LOG.debug("An event loop has stopped already, and its connections with it");
            }
        }
    }
}
