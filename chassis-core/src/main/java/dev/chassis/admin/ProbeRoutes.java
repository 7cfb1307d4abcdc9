package dev.chassis.admin;

import dev.chassis.health.Health.Status;
import dev.chassis.health.Probe;
import dev.chassis.health.Probes;
import dev.chassis.http.Handler;
import dev.chassis.http.Response;
import dev.chassis.http.Route;
import dev.chassis.http.Routes;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The probes: {@code GET /livez}, {@code /readyz} and {@code /startupz}, answered on the event loop, so that busy workers do not make a
 * service look dead. 200 or 503, and <code>{"status":"UP"}</code>, {@code DEGRADED} (200) or {@code DOWN} (503). Why, only the admin port
 * tells: names of dependencies are nothing for the outside.
 *
 * <p>Immutable and thread-safe.
 */
public final class ProbeRoutes implements Consumer<Routes> {

    private final Probes probes;
    private final boolean detailed;

    // Made once: every node of every load balancer asks every few seconds.
    private final Response up = ProbeJson.brief(Status.UP);
    private final Response degraded = ProbeJson.brief(Status.DEGRADED);
    private final Response down = ProbeJson.brief(Status.DOWN);

    /** Probes for the main port. */
    public ProbeRoutes(Probes probes) {
        this(probes, false);
    }

    ProbeRoutes(Probes probes, boolean detailed) {
        this.probes = probes;
        this.detailed = detailed;
    }

    /** Declares the three routes. */
    @Override
    public void accept(Routes routes) {
        routes.get("/livez", handler(probes::liveness), Route::onEventLoop)
                .get("/readyz", handler(probes::readiness), Route::onEventLoop)
                .get("/startupz", handler(probes::startup), Route::onEventLoop);
    }

    private Handler handler(Supplier<Probe> probe) {
        return detailed ? request -> ProbeJson.explained(probe.get()) : request -> brief(probe.get());
    }

    private Response brief(Probe probe) {
        return switch (probe.status()) {
            case UP -> up;
            case DEGRADED -> degraded;
            case DOWN -> down;
        };
    }
}
