package dev.chassis.bench;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Requests that arrive as those of many users do: at random, so many a second on average (a Poisson process), whatever became of those
 * before. One that finds no connection free waits for one, and its time counts from its arrival: a server that stands still for a
 * moment is charged with all that arrived meanwhile, not with the one request per connection that a closed loop would have made.
 *
 * <p>The arrivals are the same for every server. Never sleeps: a select that waits is woken tens of microseconds late. Everything runs on the
 * calling thread.
 */
final class OpenLoop implements Load, Connection.Owner {
    private static final long SEED = 42;
    private static final double NANOS_PER_SECOND = 1e9;

    private final double requestsPerNano;
    private final Recorder recorder;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Selector selector = Selector.open();
    private final List<Connection> connections;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private long nextArrival = System.nanoTime();

    OpenLoop(int port, String path, int connectionCount, int requestsPerSecond, Recorder recorder) throws IOException {
        this.requestsPerNano = requestsPerSecond / NANOS_PER_SECOND;
        this.recorder = recorder;
        this.connections = Connection.toLoopback(port, path, connectionCount, this, selector);
        idle.addAll(connections);
    }

    @Override
    public void runWhile(BooleanSupplier condition) throws IOException {
        while (condition.getAsBoolean()) {
            beginArrived();
            selector.selectNow(Connection::ready);
        }
    }

    @Override
    public void finish() throws IOException {
        while (idle.size() < connections.size()) {
            selector.selectNow(Connection::ready);
        }
    }

    @Override
    public void answered(Connection connection, int status, long nanos) {
        recorder.answered(status, nanos);
        idle.add(connection);
    }

    @Override
    public void broken(Connection connection, IOException cause) {
        recorder.broken(cause);
        idle.add(connection);
    }

    @Override
    public void close() throws IOException {
        connections.forEach(Connection::close);
        selector.close();
    }

    private void beginArrived() {
        long now = System.nanoTime();
        while (nextArrival - now <= 0 && !idle.isEmpty()) {
            idle.remove().begin(nextArrival);
            nextArrival += nanosToNext();
        }
    }

    /** Exponentially distributed, by inversion. */
    private long nanosToNext() {
        return Math.round(-Math.log(1 - random.nextDouble()) / requestsPerNano);
    }
}
