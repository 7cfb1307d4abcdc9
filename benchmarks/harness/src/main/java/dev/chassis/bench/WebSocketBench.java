package dev.chassis.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * What idle sessions hold and what a broadcast to all of them costs. Processor time and live objects, not throughput: those two hold on
 * a machine that does other things, too.
 */
final class WebSocketBench {
    private static final int SESSIONS = 8_000;
    private static final String[] JVM = {
        "-Xms768m", "-Xmx768m", "-XX:+UseSerialGC", "-Dio.netty.leakDetection.level=disabled"
    };

    private final int rounds;
    private final int bursts;
    private final Cpus cpus = Cpus.apart();
    private final SocketSeries chassis;
    private final SocketSeries netty;
    private final SocketSeries group;
    private final SocketSeries vertx;

    WebSocketBench(Options options, Peers peers) {
        this.rounds = options.pick(1, 3);
        this.bursts = options.pick(4, 8);
        this.chassis = series(peers.live(options.candidate()));
        this.netty = series(peers.liveNetty("bare"));
        this.group = series(peers.liveNetty("group"));
        this.vertx = series(peers.liveVertx());
    }

    void run() throws IOException, TimeoutException {
        List<SocketSeries> order = new ArrayList<>(all());
        for (int round = 0; round < rounds; round++) {
            try (SocketsClient client = new SocketsClient(cpus)) {
                for (SocketSeries series : order) {
                    series.measure(cpus, client, SESSIONS, bursts);
                }
            }
            Collections.rotate(order, 1);
        }
        print();
    }

    private List<SocketSeries> all() {
        return List.of(chassis, netty, group, vertx);
    }

    private static SocketSeries series(Peer peer) {
        return new SocketSeries(peer.with(JVM));
    }

    private void print() {
        System.out.printf(
                "load     %d sessions, %d bytes, bursts of %d and single messages, %s%n%n",
                SESSIONS, SocketSeries.BYTES, SocketSeries.BURST, cpus.describe());
        Table table = SocketSeries.table();
        all().forEach(series -> series.addTo(table));
        System.out.println(table);
        System.out.println();
        System.out.println(new Result("websocket")
                .count("sessions", SESSIONS)
                .ratio("heapVsNetty", chassis.heap().ratioTo(netty.heap()))
                .ratio("heapVsVertx", chassis.heap().ratioTo(vertx.heap()))
                .ratio("cpuVsChannelGroup", chassis.burstCpu().ratioTo(group.burstCpu()))
                .ratio("cpuVsVertx", chassis.burstCpu().ratioTo(vertx.burstCpu())));
    }
}
