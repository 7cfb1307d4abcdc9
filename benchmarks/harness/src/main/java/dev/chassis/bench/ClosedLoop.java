package dev.chassis.bench;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Keep-alive connections that ask for one route without pause, each with one request under way.
 *
 * <p>Everything runs on the thread that calls {@link #runWhile} or {@link #finish}; only {@link #stopSending()} may come
 * from another.
 */
final class ClosedLoop implements Load, Connection.Owner {
    private static final long TURN_MILLIS = 10;
    private static final Duration REST_AFTER_FAILURE = Duration.ofMillis(100);

    private final Recorder recorder;
    private final Selector selector = Selector.open();
    private final List<Connection> connections;
    private final Queue<Resting> resting = new ArrayDeque<>();
    private final CompletableFuture<Void> quiet = new CompletableFuture<>();
    private int inFlight;
    private boolean mayBegin = true;
    private volatile boolean sending = true; // written by any thread, read once per turn

    ClosedLoop(int port, String path, int connectionCount, Recorder recorder) throws IOException {
        this.recorder = recorder;
        this.connections = Connection.toLoopback(port, path, connectionCount, this, selector);
        connections.forEach(connection -> resting.add(new Resting(connection, System.nanoTime())));
    }

    @Override
    public void runWhile(BooleanSupplier condition) throws IOException {
        while (condition.getAsBoolean()) {
            turn();
        }
    }

    /** Begins no further request; completes when every answer is in. Idle connections stay open. */
    CompletableFuture<Void> stopSending() {
        sending = false;
        return quiet;
    }

    @Override
    public void finish() throws IOException {
        stopSending();
        runWhile(() -> !quiet.isDone());
    }

    @Override
    public void answered(Connection connection, int status, long nanos) {
        inFlight--;
        recorder.answered(status, nanos);
        if (mayBegin) {
            begin(connection);
        }
    }

    @Override
    public void broken(Connection connection, IOException cause) {
        inFlight--;
        recorder.broken(cause);
        resting.add(new Resting(connection, System.nanoTime() + REST_AFTER_FAILURE.toNanos()));
    }

    @Override
    public void close() throws IOException {
        connections.forEach(Connection::close);
        selector.close();
    }

    private void turn() throws IOException {
        mayBegin = sending;
        if (mayBegin) {
            beginRested();
        } else if (inFlight == 0) {
            quiet.complete(null);
        }
        selector.select(Connection::ready, TURN_MILLIS);
    }

    private void beginRested() {
        long now = System.nanoTime();
        while (!resting.isEmpty() && resting.peek().until() - now <= 0) {
            begin(resting.remove().connection());
        }
    }

    private void begin(Connection connection) {
        inFlight++;
        connection.begin(System.nanoTime());
    }

    /** A connection that begins its next request no earlier than that nano time. */
    private record Resting(Connection connection, long until) {}
}
