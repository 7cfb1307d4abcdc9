package dev.chassis.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** One server under load and what its slices gave. */
final class HttpSeries {
    private static final double BUSY_CPUS = 0.85;

    private final Peer peer;
    private final Samples throughput = new Samples();
    private final Samples p50Micros = new Samples();
    private final Samples p99Micros = new Samples();
    private final Samples serverCpus = new Samples();
    private final Samples clientCpus = new Samples();
    private final Samples perCpuSecond = new Samples();
    private final Samples pacedRequests = new Samples();
    private final Samples pacedP50Micros = new Samples();
    private final Samples pacedP99Micros = new Samples();
    private final Samples pacedServerCpus = new Samples();
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
        LoadClient.Slice slice = client.load(server, peer.path(), duration);
        throughput.add(slice.result().requestsPerSecond());
        p50Micros.add(slice.result().p50Micros());
        p99Micros.add(slice.result().p99Micros());
        serverCpus.add(slice.serverCpus());
        clientCpus.add(slice.clientCpus());
        perCpuSecond.add(slice.result().requestsPerSecond() / slice.serverCpus());
    }

    /** Not with all the server takes but with that many requests a second, which come at random. */
    void measureAt(int requestsPerSecond, LoadClient client, Duration duration) throws IOException {
        LoadClient.Slice slice = client.loadAt(server, peer.path(), requestsPerSecond, duration);
        pacedRequests.add(slice.result().requestsPerSecond());
        pacedP50Micros.add(slice.result().p50Micros());
        pacedP99Micros.add(slice.result().p99Micros());
        pacedServerCpus.add(slice.serverCpus());
    }

    /** Kills the process, if there is one. */
    void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    Samples throughput() {
        return throughput;
    }

    Samples p99Micros() {
        return p99Micros;
    }

    /** Of {@link #measureAt}. */
    Samples pacedP99Micros() {
        return pacedP99Micros;
    }

    /** Requests for each second of processor time the server used. */
    Samples perCpuSecond() {
        return perCpuSecond;
    }

    /** Whether the server got about a whole processor, as one that is loaded on a quiet machine does. */
    boolean wasBusy() {
        return serverCpus.median() >= BUSY_CPUS;
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
                Table.number(throughput.median(), 0),
                Table.spread(throughput),
                Table.number(p50Micros.median(), 0),
                Table.number(p99Micros.median(), 0),
                Table.spread(p99Micros),
                Table.number(serverCpus.median(), 2),
                Table.number(clientCpus.median(), 2),
                Table.number(perCpuSecond.median(), 0),
                Integer.toString(throughput.count()));
    }

    static Table pacedTable() {
        return new Table(
                "half of what the slowest takes",
                "req/s median",
                "p50 µs",
                "p99 µs",
                "p99 min–max",
                "server cpus",
                "rounds");
    }

    void addToPaced(Table table) {
        table.row(
                peer.name(),
                Table.number(pacedRequests.median(), 0),
                Table.number(pacedP50Micros.median(), 0),
                Table.number(pacedP99Micros.median(), 0),
                Table.spread(pacedP99Micros),
                Table.number(pacedServerCpus.median(), 2),
                Integer.toString(pacedRequests.count()));
    }
}
