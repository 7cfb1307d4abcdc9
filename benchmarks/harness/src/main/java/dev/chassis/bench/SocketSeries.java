package dev.chassis.bench;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** One server of sessions, and what its rounds gave. Each round is a fresh process. */
final class SocketSeries {
    static final int BYTES = 128;
    static final int BURST = 20;

    private static final String PATH = "/live";
    private static final int WARM_SESSIONS = 200;
    private static final int WARM_BURSTS = 150;

    private final Peer peer;
    private final Samples heap = new Samples();
    private final Samples resident = new Samples();
    private final Samples burstCpu = new Samples();
    private final Samples burstRate = new Samples();
    private final Samples burstP99 = new Samples();
    private final Samples singleCpu = new Samples();
    private final Samples singleP99 = new Samples();

    SocketSeries(Peer peer) {
        this.peer = peer;
    }

    /** Measures a fresh process: warm, idle sessions, bursts, single messages. */
    void measure(Cpus cpus, SocketsClient client, int sessions, int bursts) throws IOException, TimeoutException {
        try (ServerProcess server = ServerProcess.start(peer, cpus)) {
            warmUp(server, client);
            long heapBefore = Memory.liveHeap(server);
            long residentBefore = Memory.resident(server);
            client.open(server, PATH, sessions);
            heap.add((double) (Memory.liveHeap(server) - heapBefore) / sessions);
            resident.add((double) (Memory.resident(server) - residentBefore) / sessions);
            client.bursts(server, 1, BURST, BYTES);
            addBursts(client.bursts(server, bursts, BURST, BYTES));
            addSingles(client.bursts(server, bursts * 2, 1, BYTES));
            client.closeAll();
        }
    }

    private static void warmUp(ServerProcess server, SocketsClient client) throws IOException {
        client.open(server, PATH, WARM_SESSIONS);
        client.bursts(server, WARM_BURSTS, BURST, BYTES);
        client.bursts(server, WARM_BURSTS, 1, BYTES);
        client.closeAll();
    }

    private void addBursts(SocketsClient.Burst burst) {
        burstCpu.add(burst.cpuMicros());
        burstRate.add(burst.perSecond());
        burstP99.add(burst.p99Millis());
    }

    private void addSingles(SocketsClient.Burst single) {
        singleCpu.add(single.cpuMicros());
        singleP99.add(single.p99Millis());
    }

    Samples heap() {
        return heap;
    }

    Samples burstCpu() {
        return burstCpu;
    }

    static Table table() {
        return new Table(
                "websocket",
                "heap B/session",
                "min–max",
                "RSS B/session",
                "burst: cpu µs/delivery",
                "min–max",
                "deliveries/s",
                "p99 ms",
                "single: cpu µs/delivery",
                "p99 ms",
                "rounds");
    }

    void addTo(Table table) {
        table.row(
                peer.name(),
                Table.number(heap.median(), 0),
                Table.spread(heap),
                Table.number(resident.median(), 0),
                Table.number(burstCpu.median(), 2),
                Table.number(burstCpu.min(), 2) + "–" + Table.number(burstCpu.max(), 2),
                Table.number(burstRate.median(), 0),
                Table.number(burstP99.median(), 1),
                Table.number(singleCpu.median(), 2),
                Table.number(singleP99.median(), 1),
                Integer.toString(heap.count()));
    }
}
