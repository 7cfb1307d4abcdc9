package dev.chassis.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** One server under load and what its slices gave. */
final class HttpSeries {
    private static final double BUSY_CPUS = 0.85;

    private final Peer peer;
    private final Slices full = new Slices();
    private final Slices half = new Slices();
    private ServerProcess server;

    HttpSeries(Peer peer) {
        this.peer = peer;
    }

    /** Starts a fresh process and warms it up. */
    void start(Cpus cpus, LoadClient client, Duration warmUp) throws IOException, TimeoutException {
        server = ServerProcess.start(peer, cpus);
        client.load(server, peer.path(), warmUp);
    }

    void measure(LoadClient client, Duration duration) throws IOException {
        full.add(client.load(server, peer.path(), duration));
    }

    /** Not with all the server takes but with that many requests a second, which come at random. */
    void measureAt(int requestsPerSecond, LoadClient client, Duration duration) throws IOException {
        half.add(client.loadAt(server, peer.path(), requestsPerSecond, duration));
    }

    /** Kills the process, if there is one. */
    void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** With all the server takes: {@link #measure}. */
    Slices full() {
        return full;
    }

    /** With capacity to spare: {@link #measureAt}. */
    Slices half() {
        return half;
    }

    /** Whether the server got about a whole processor, as one that is loaded on a quiet machine does. */
    boolean wasBusy() {
        return full.serverCpus().median() >= BUSY_CPUS;
    }

    static Table table() {
        return new Table(
                "http",
                "req/s median",
                "min–max",
                "p50 µs",
                "p99 µs",
                "p99 min–max",
                "server cpus",
                "client cpus",
                "req/cpu-s",
                "rounds");
    }

    void addTo(Table table) {
        table.row(
                peer.name(),
                Table.number(full.throughput().median(), 0),
                Table.spread(full.throughput()),
                Table.number(full.p50Micros().median(), 0),
                Table.number(full.p99Micros().median(), 0),
                Table.spread(full.p99Micros()),
                Table.number(full.serverCpus().median(), 2),
                Table.number(full.clientCpus().median(), 2),
                Table.number(full.perCpuSecond().median(), 0),
                Integer.toString(full.throughput().count()));
    }

    static Table halfTable() {
        return new Table(
                "half of what the slowest takes",
                "req/s median",
                "p50 µs",
                "p99 µs",
                "p99 min–max",
                "server cpus",
                "rounds");
    }

    void addToHalf(Table table) {
        table.row(
                peer.name(),
                Table.number(half.throughput().median(), 0),
                Table.number(half.p50Micros().median(), 0),
                Table.number(half.p99Micros().median(), 0),
                Table.spread(half.p99Micros()),
                Table.number(half.serverCpus().median(), 2),
                Integer.toString(half.throughput().count()));
    }
}
