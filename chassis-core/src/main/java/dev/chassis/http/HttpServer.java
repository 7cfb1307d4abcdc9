package dev.chassis.http;

import dev.chassis.http.internal.Application;
import dev.chassis.http.internal.NettyServer;
import dev.chassis.http.internal.Preload;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.Stage;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * The HTTP/1.1 server (RFC 9110, RFC 9112): strict about what it accepts, bounded in everything it keeps, and polite when it leaves.
 *
 * <ul>
 *   <li>{@link #announce}: every answer from now on says {@code Connection: close}, and its connection is closed after it.
 *   <li>{@link #drain}: what the kernel has accepted is taken in, the listener and the idle connections are closed, and a request that
 *       arrives all the same is answered 503 rather than reset. Its stage completes when every accepted request has been answered and the
 *       answer's bytes are with the kernel.
 *   <li>{@link #stop}: what is left is aborted.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class HttpServer implements Component {

    private final NettyServer server;

    /**
     * A server that will answer with this application.
     *
     * @throws IllegalArgumentException if settings contradict each other: half of TLS, or {@code keep-alive} too short for the load
     *     balancer in front
     */
    public HttpServer(HttpConfig config, Application application) {
        this.server = new NettyServer(config, application);
    }

    /**
     * Tells of requests in the log by these rules; to be called before it starts. Without it, no request has a line. A rule for a route that
     * the application does not have does nothing here; {@code Chassis} refuses it.
     *
     * @throws IllegalArgumentException if a share is not within 0 and 100
     */
    public void accessLog(AccessLogConfig rules) {
        server.accessLog(rules);
    }

    /**
     * Loads the classes and the native library that servers need, so that a process can do it beside the reading of its configuration.
     * Optional; any thread; blocks for some tenths of a second on a cold JVM.
     */
    public static void preload() {
        Preload.run();
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public Stage stage() {
        return Stage.INGRESS;
    }

    /**
     * Listens; on return, connections are accepted.
     *
     * @throws Exception if host, port or TLS files cannot be used, naming the key
     */
    @Override
    public void start(Deadline deadline) throws Exception {
        server.start(deadline);
    }

    /**
     * The port it listens on: what the configuration says, or what the system gave for 0. It stays known after a stop.
     *
     * @throws IllegalStateException before it has started
     */
    public int port() {
        return server.port();
    }

    @Override
    public void announce() {
        server.announce();
    }

    @Override
    public CompletionStage<Void> drain() {
        return server.drain();
    }

    /**
     * Interrupts handlers, resets connections whose answers are unfinished, gives closed ones the linger time-out and ends all threads.
     *
     * @throws InterruptedException if the calling thread is interrupted; everything has been told to end by then
     */
    @Override
    public void stop(Deadline deadline) throws InterruptedException {
        server.stop(deadline);
    }

    @Override
    public int inFlight() {
        return server.inFlight();
    }

    /** Since the last request, probes included: who is still probed is still registered. */
    @Override
    public Duration quietFor() {
        return server.quietFor();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        server.bindTo(registry);
    }
}
