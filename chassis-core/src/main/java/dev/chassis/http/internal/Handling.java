package dev.chassis.http.internal;

import dev.chassis.context.Correlation;
import dev.chassis.http.Response;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through a worker.
 *
 * <ul>
 *   <li>I1: either the worker or the event loop (when time is up) answers, whoever sets {@code taken} first; the other stays silent.
 *   <li>I2: the request leaves {@code inFlight} once: through the event loop after the worker's answer is written, through the worker when
 *       the event loop has answered, so that a handler that ignores its interruption still counts.
 *   <li>I3: it has its place among those that {@link Overload} lets run until {@code placed} falls: when it is over, or a stream of events
 *       begins, for that may last for hours and would keep it from others.
 *   <li>I4: a stream of events whose client goes is told: {@code clientGone} is set before {@code events} is looked at, and the other way round
 *       where a stream begins.
 *   <li>I5: an interruption reaches the handler only, never what its thread does next, because {@code runner} is set only meanwhile.
 * </ul>
 */
final class Handling implements Runnable {

    private final ServerState server;
    private final Connection connection;
    private final RequestExchange exchange;
    private final boolean counted;
    private final @Nullable Response ready; // set where only the streaming is left to do
    private final AtomicBoolean taken = new AtomicBoolean();
    private final AtomicBoolean left = new AtomicBoolean();
    private volatile long beganNanos; // 0 until a worker has it
    private @Nullable Thread runner; // guarded by this
    private boolean placed = true; // worker only
    private volatile boolean clientGone; // set by the loop
    private volatile @Nullable ResponseStream events; // set by the worker

    Handling(
            ServerState server,
            Connection connection,
            RequestExchange exchange,
            boolean counted,
            @Nullable Response ready) {
        this.ready = ready;
        this.server = server;
        this.connection = connection;
        this.exchange = exchange;
        this.counted = counted;
    }

    RequestExchange exchange() {
        return exchange;
    }

    /** Whether the request is in {@code inFlight}. */
    boolean isCounted() {
        return counted;
    }

    boolean isSheddable() {
        return exchange.endpoint().sheddable();
    }

    boolean hasBegun() {
        return beganNanos != 0;
    }

    /** Loop: whether the handler has used up its time. */
    boolean isOverdue(long now) {
        long timeout = exchange.endpoint().timeout().toNanos();
        return timeout > 0 && hasBegun() && now - beganNanos > timeout;
    }

    /** Takes over the right to answer; false if somebody has it (I1). */
    boolean take() {
        return taken.compareAndSet(false, true);
    }

    synchronized void interrupt() {
        if (runner != null) {
            runner.interrupt();
        }
    }

    /** Loop: the client has closed its side, or the connection. Who waits for an answer with an end may have done so; who listens to events has not. */
    void clientGone() {
        clientGone = true;
        ResponseStream open = events; // I4
        if (open != null) {
            open.leave();
        }
    }

    @Override
    public void run() {
        try (Correlation.Scope scope = exchange.correlation().open()) {
            Response response = handle();
            if (take()) {
                send(response);
            } else {
                leave(); // I2
            }
        } finally {
            exchange.closeBody();
            giveUpPlace();
        }
    }

    /** No worker will ever have it: the server stops. */
    void abandon() {
        leave();
    }

    /** The request is over, and its answer does not matter any more. */
    void leave() {
        if (counted && left.compareAndSet(false, true)) {
            server.inFlight().exit();
        }
    }

    /** Whether an answer given on the event loop needs a worker all the same, or its turn of the loop to be over. */
    static boolean isFor(Response answer, RequestHead head) {
        return !head.isHead()
                && (answer.body() instanceof Response.Body.Stream || answer.body() instanceof Response.Body.Upgrading);
    }

    private Response handle() {
        long now = System.nanoTime();
        beganNanos = now == 0 ? 1 : now;
        runBy(Thread.currentThread());
        try {
            return ready == null ? exchange.answer() : ready;
        } finally {
            runBy(null);
            Thread.interrupted(); // I5
        }
    }

    private synchronized void runBy(@Nullable Thread thread) {
        runner = thread;
    }

    private void send(Response response) {
        Response prepared = Compression.apply(response, exchange.acceptEncoding(), connection.limits());
        if (prepared.body() instanceof Response.Body.Stream stream
                && !exchange.head().isHead()) {
            send(prepared, stream);
        } else {
            onLoop(() -> connection.answered(this, prepared));
        }
    }

    private void send(Response response, Response.Body.Stream stream) {
        ResponseStream out = new ResponseStream(connection, this, response);
        if (!stream.untilDrain()) {
            out.run(stream);
        } else if (server.eventStreams().open(out)) {
            try {
                giveUpPlace();
                tell(out);
                out.run(stream);
            } finally {
                server.eventStreams().close(out);
            }
        } else {
            onLoop(() -> connection.refused(
                    this, new Refusal(503, RefusedBecause.OVERLOAD, "Too many streams of events are open.")));
        }
    }

    /** Lets a stream of events know when the client goes. */
    private void tell(ResponseStream out) {
        events = out;
        if (clientGone) {
            out.leave(); // I4
        }
    }

    private void giveUpPlace() {
        if (placed) {
            placed = false;
            server.handled(this); // I3
        }
    }

    /** Runs a step that ends the request on the connection's loop; if that has stopped, the request ends here. */
    void onLoop(Runnable step) {
        orLeave(() -> connection.handOver(step, beganNanos));
    }

    /** The same for a step that must not overtake what this thread has written to the channel, as one that is handed over may. */
    void onLoopAfterWrites(Runnable step) {
        orLeave(() -> connection.loop().execute(step));
    }

    private void orLeave(Runnable passOn) {
        try {
            passOn.run();
        } catch (RejectedExecutionException stopped) {
            leave();
        }
    }
}
