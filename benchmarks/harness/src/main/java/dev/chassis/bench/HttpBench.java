package dev.chassis.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Throughput and latency under a closed loop of keep-alive connections.
 *
 * <p>A generation is a fresh process of every server, each warmed up; then short slices of load go round the servers,
 * so that whatever else the machine does meets all of them alike. Two processes of one server differ by more than its slices do, as the JIT
 * compiler's decisions do: rather many generations than many rounds.
 */
final class HttpBench {
    private static final int CONNECTIONS = 32;
    private static final String[] HEAP = {"-Xms512m", "-Xmx512m"};
    private static final Duration SLICE = Duration.ofSeconds(1);

    private final int generations;
    private final int roundsPerGeneration;
    private final Duration warmUp;
    private final Cpus cpus = Cpus.apart();
    private final HttpSeries eventLoop;
    private final HttpSeries netty;
    private final HttpSeries vertx;
    private final HttpSeries worker;
    private final HttpSeries helidon;

    HttpBench(Options options, Peers peers, Peer candidate) {
        this.generations = options.pick(1, 8);
        this.roundsPerGeneration = options.pick(11, 6);
        this.warmUp = Duration.ofSeconds(options.pick(6, 10));
        this.eventLoop =
                series(candidate.named(candidate.name() + " event loop").at("/loop"));
        this.netty = series(peers.nettyEpoll());
        this.vertx = series(peers.vertx());
        this.worker = series(candidate.named(candidate.name() + " worker").at("/worker"));
        this.helidon = series(peers.helidon());
    }

    void run() throws IOException, TimeoutException {
        try (LoadClient client = new LoadClient(cpus, CONNECTIONS)) {
            for (int generation = 0; generation < generations; generation++) {
                runGeneration(client);
            }
        }
        print();
    }

    private void runGeneration(LoadClient client) throws IOException, TimeoutException {
        List<HttpSeries> order = all();
        try {
            for (HttpSeries series : order) {
                series.start(cpus, client, warmUp);
            }
            for (int round = 0; round < roundsPerGeneration; round++) {
                for (HttpSeries series : order) {
                    series.measure(client, SLICE);
                }
                Collections.rotate(order, 1);
            }
        } finally {
            order.forEach(HttpSeries::stop);
        }
    }

    private List<HttpSeries> all() {
        return new ArrayList<>(List.of(eventLoop, netty, vertx, worker, helidon));
    }

    private static HttpSeries series(Peer peer) {
        return new HttpSeries(peer.with(HEAP));
    }

    private void print() {
        System.out.printf("load     %d connections, closed loop, %s%n%n", CONNECTIONS, cpus.describe());
        Table table = HttpSeries.table();
        all().forEach(series -> series.addTo(table));
        System.out.println(table);
        System.out.println();
        System.out.println(ratios());
        System.out.println();
        if (!netty.wasBusy()) {
            System.out.println("This machine was busy with something else: trust req/cpu-s, not throughput.\n");
        }
        System.out.println(new Result("http")
                .ratio("eventLoopVsNetty", eventLoop.throughput().ratioTo(netty.throughput()))
                .ratio("eventLoopVsVertx", eventLoop.throughput().ratioTo(vertx.throughput()))
                .ratio("workerVsHelidon", worker.throughput().ratioTo(helidon.throughput()))
                .ratio("p99VsVertx", eventLoop.p99Micros().ratioTo(vertx.p99Micros())));
    }

    private Table ratios() {
        Table table = new Table("ratios of medians", "throughput", "req/cpu-s", "p99");
        ratios(table, "event loop / netty", eventLoop, netty);
        ratios(table, "event loop / vertx", eventLoop, vertx);
        ratios(table, "worker / helidon", worker, helidon);
        return table;
    }

    private static void ratios(Table table, String name, HttpSeries one, HttpSeries other) {
        table.row(
                name,
                Table.number(one.throughput().ratioTo(other.throughput()), 3),
                Table.number(one.perCpuSecond().ratioTo(other.perCpuSecond()), 3),
                Table.number(one.p99Micros().ratioTo(other.p99Micros()), 3));
    }
}
