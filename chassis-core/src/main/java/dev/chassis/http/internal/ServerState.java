package dev.chassis.http.internal;

import dev.chassis.http.HttpConfig;
import dev.chassis.http.Response;
import dev.chassis.lifecycle.InFlight;
import dev.chassis.lifecycle.Workers;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What all connections of one server share. Thread-safe.
 *
 * <ul>
 *   <li>I1: {@code announced} and {@code draining} are set once, in this order, and never reset.
 *   <li>I2: every handling that {@link Overload} admitted is followed by one {@link #handled}, also when no thread could be had for it.
 * </ul>
 */
final class ServerState {

    /** Threads for requests that overload may not refuse. */
    private static final int SPARE_WORKERS = 16;

    private final Limits limits;
    private final Application application;
    private final Workers workers;
    private final Overload overload;
    private final HttpMeters meters;
    private final InFlight inFlight = new InFlight();
    private final InFlight connections = new InFlight();
    private final EventStreams eventStreams;
    private volatile boolean announced;
    private volatile boolean draining;

    ServerState(HttpConfig config, Limits limits, Application application, HttpMeters meters) {
        this.limits = limits;
        this.application = application;
        this.meters = meters;
        this.overload = new Overload(config.maxInFlight(), config.maxQueued());
        this.eventStreams = new EventStreams(limits.maxEventStreams());
        this.workers = Workers.create("worker", config.maxInFlight() + limits.maxEventStreams() + SPARE_WORKERS);
    }

    Limits limits() {
        return limits;
    }

    Application application() {
        return application;
    }

    Workers workers() {
        return workers;
    }

    HttpMeters meters() {
        return meters;
    }

    /** Requests accepted and not over. */
    InFlight inFlight() {
        return inFlight;
    }

    /** Connections open. */
    InFlight connections() {
        return connections;
    }

    int queued() {
        return overload.waiting();
    }

    boolean isAnnounced() {
        return announced;
    }

    boolean isDraining() {
        return draining;
    }

    void announce() {
        announced = true;
    }

    void drain() {
        announced = true; // I1
        draining = true;
        eventStreams.drain();
    }

    EventStreams eventStreams() {
        return eventStreams;
    }

    /** Lets a handling begin, which is then for the caller to do, lets it wait, or refuses it. */
    Overload.Verdict admit(Handling handling) {
        return handling.isSheddable() ? overload.admit(handling) : Overload.Verdict.RUN;
    }

    /**
     * Begins what was admitted in one turn of an event loop. Starting a virtual thread from outside wakes the threads that carry them; one
     * that is itself carried starts the others for less, and the loop is not interrupted for each.
     */
    void begin(List<Handling> admitted) {
        if (admitted.size() == 1 || !workers.isVirtual()) {
            admitted.forEach(this::beginOrAbandon);
            return;
        }
        try {
            workers.execute(() -> admitted.forEach(this::beginOrAbandon));
        } catch (RejectedExecutionException stopped) {
            admitted.forEach(this::beginOrAbandon);
        }
    }

    private void beginOrAbandon(Handling handling) {
        if (!begin(handling)) {
            handling.abandon(); // the server has stopped, and its connections with it
            handled(handling); // I2
        }
    }

    boolean withdraw(Handling handling) {
        return overload.withdraw(handling);
    }

    /** A handling is over: who waits takes its place. */
    void handled(Handling handling) {
        Handling next = handling.isSheddable() ? overload.release() : null;
        while (next != null && !begin(next)) {
            next.abandon();
            next = overload.release(); // I2
        }
    }

    /** The same answer, telling when to come back. */
    Response retryLater(Response response) {
        int base = limits.retryAfterSeconds();
        int seconds = base + ThreadLocalRandom.current().nextInt(base + 1);
        return response.header("retry-after", Integer.toString(seconds));
    }

    private boolean begin(Handling handling) {
        try {
            workers.execute(handling);
            return true;
        } catch (RejectedExecutionException stopped) {
            return false;
        }
    }
}
