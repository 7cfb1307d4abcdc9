package dev.chassis.admin;

import dev.chassis.health.HealthRegistry;
import dev.chassis.health.Probes;
import dev.chassis.http.Handler;
import dev.chassis.http.HttpException;
import dev.chassis.http.Request;
import dev.chassis.http.Response;
import dev.chassis.http.Routes;
import dev.chassis.lifecycle.Component;
import dev.chassis.metrics.Exposition;
import dev.chassis.metrics.Metrics;
import dev.chassis.time.Deadline;
import dev.chassis.time.Ticker;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The admin endpoints, to be served by an HTTP server of their own: on loopback by default, with no trusted proxy, started before and
 * stopped after everything else.
 *
 * <pre>{@code
 * Admin admin = new Admin(health, probes, metrics, operations, Ticker.system());
 * serve(adminConfig.host(), adminConfig.port(), admin.routes(components));
 * ...
 * admin.stop(deadline);
 * }</pre>
 *
 * <table>
 * <caption>The endpoints</caption>
 * <tr><th>endpoint</th><th>answer</th></tr>
 * <tr><td>{@code GET /}</td><td>every endpoint there is, with method and template</td></tr>
 * <tr><td>{@code GET /health}</td><td>200, for people: readiness with its reasons, the phase, and every reading with status, detail, age,
 *     whether it is critical, and consecutive failures</td></tr>
 * <tr><td>{@code GET /livez}, {@code /readyz}, {@code /startupz}</td><td>200 or 503, status and reasons, on the event loop</td></tr>
 * <tr><td>{@code GET /metrics}</td><td>every meter: Prometheus text 0.0.4, or OpenMetrics 1.0.0 where {@code Accept} names it</td></tr>
 * <tr><td>{@code GET /config}</td><td>every effective key with its value, masked where secret, and its origin</td></tr>
 * <tr><td>{@code GET /loggers}</td><td>the levels set explicitly, and those changed for a while with the time left</td></tr>
 * <tr><td>{@code PUT /loggers/{name}}</td><td>with <code>{"level":"DEBUG","for":"15m"}</code>: changes a level for a while, 15 minutes by
 *     default, 24 hours at most; another change keeps the original level; 400 names the levels there are</td></tr>
 * <tr><td>{@code DELETE /loggers/{name}}</td><td>204, and the original level is back; 404 if it was not changed here</td></tr>
 * <tr><td>{@code GET /threads}</td><td>a thread dump as text: whole stacks, monitors and locks held, deadlocks first; platform threads
 *     only</td></tr>
 * <tr><td>{@code GET /drain}</td><td>the state of the service, work in flight per component, and the report once there is one</td></tr>
 * <tr><td>{@code POST /drain}</td><td>202, the drain begins; more than once does no harm</td></tr>
 * <tr><td>{@code GET /info}</td><td>name, version, commit, JVM, and where the time of the start went</td></tr>
 * <tr><td>below {@code /components/<name>}</td><td>what a component adds that implements {@link AdminRoutes}</td></tr>
 * </table>
 *
 * <p>Only a client on a loopback address, and no web page, may PUT, POST, PATCH or DELETE; others get 403. Where the chassis does not steer the
 * logging system, {@code /loggers} is 501. Errors are problem+json; no answer is cached.
 *
 * <p>Thread-safe.
 */
public final class Admin {

    private final HealthRegistry health;
    private final Probes probes;
    private final Metrics metrics;
    private final Operations operations;
    private final Optional<Loggers> loggers;

    /** Endpoints over these parts. Starts nothing. */
    public Admin(HealthRegistry health, Probes probes, Metrics metrics, Operations operations, Ticker ticker) {
        this.health = health;
        this.probes = probes;
        this.metrics = metrics;
        this.operations = operations;
        this.loggers = operations.logControl().map(control -> new Loggers(control, ticker));
    }

    /** Declares the endpoints; those of components are added by whoever among them implements {@link AdminRoutes}. */
    public Consumer<Routes> routes(Collection<? extends Component> components) {
        return routes -> {
            Index index = Index.of(routes.filter(new Gate()));
            index.get("/", request -> index.show());
            new ProbeRoutes(probes, true).accept(index);
            index.get("/health", request -> Response.json(HealthView.of(probes, health)))
                    .get("/metrics", this::metrics)
                    .get("/config", request -> Response.json(Map.of("entries", operations.configuration())))
                    .get("/loggers", withLoggers(Loggers::show))
                    .put("/loggers/{name}", withLoggers(Loggers::change))
                    .delete("/loggers/{name}", withLoggers(Loggers::revert))
                    .get("/threads", request -> Response.text(ThreadDump.take()))
                    .get("/drain", request -> Response.json(DrainView.of(operations)))
                    .post("/drain", this::drain)
                    .get("/info", request -> Response.json(InfoView.of(operations)));
            components.forEach(component -> mount(index, component));
        };
    }

    private static void mount(Routes routes, Component component) {
        if (component instanceof AdminRoutes more) {
            routes.mount("/components/" + component.name(), more::adminRoutes);
        }
    }

    /**
     * Takes back every level changed through {@code /loggers}; later changes are refused with 503. Idempotent.
     *
     * @throws IllegalStateException if that failed or took longer than the deadline
     */
    public void stop(Deadline deadline) {
        loggers.ifPresent(present -> present.stop(deadline));
    }

    private Response metrics(Request request) {
        Exposition page = metrics.scrape(request.header("accept").orElse(null));
        return Response.bytes(page.contentType(), page.body());
    }

    private Response drain(Request request) {
        operations.drain();
        return Response.json(DrainView.of(operations)).status(202).header("location", "/drain");
    }

    private Handler withLoggers(LoggersVerb verb) {
        return request -> verb.apply(
                loggers.orElseThrow(() -> new HttpException(
                        501,
                        "log levels are not steered by the chassis (expected: chassis-logging on the class path)")),
                request);
    }

    private interface LoggersVerb {
        Response apply(Loggers loggers, Request request) throws Exception;
    }
}
