package dev.chassis.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Throughput and latency under a closed loop of keep-alive connections, then latency where there is capacity to spare.
 *
 * <p>Under a closed loop p99 is mostly the queue that the loop itself makes, and the faster server is asked more. So latency is also measured
 * at one rate for all that are compared with each other: half of what the slowest of them takes.
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
    private final int roundsAtHalf;
    private final Duration warmUp;
    private final Cpus cpus = Cpus.apart();
    private final HttpSeries eventLoop;
    private final HttpSeries netty;
    private final HttpSeries vertx;
    private final HttpSeries worker;
    private final HttpSeries helidon;

    HttpBench(Options options, Peers peers, Peer candidate) {
        this.generations = options.pick(1, 8);
        this.roundsPerGeneration = options.pick(9, 6);
        this.roundsAtHalf = options.pick(7, 4);
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
            takeTurns(roundsPerGeneration, order, series -> series.measure(client, SLICE));
            measureAtHalf(client, eventLoops());
            measureAtHalf(client, workers());
        } finally {
            order.forEach(HttpSeries::stop);
        }
    }

    private void measureAtHalf(LoadClient client, List<HttpSeries> compared) throws IOException {
        double slowest = compared.stream()
                .mapToDouble(series -> series.full().throughput().median())
                .min()
                .orElseThrow();
        int half = (int) Math.round(slowest / 2);
        takeTurns(roundsAtHalf, compared, series -> series.measureAt(half, client, SLICE));
    }

    /** The order rotates, so that none is always first. */
    private static void takeTurns(int rounds, List<HttpSeries> order, Measurement measurement) throws IOException {
        for (int round = 0; round < rounds; round++) {
            for (HttpSeries series : order) {
                measurement.of(series);
            }
            Collections.rotate(order, 1);
        }
    }

    private List<HttpSeries> all() {
        return Stream.of(eventLoops(), workers())
                .flatMap(List::stream)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private List<HttpSeries> eventLoops() {
        return new ArrayList<>(List.of(eventLoop, netty, vertx));
    }

    private List<HttpSeries> workers() {
        return new ArrayList<>(List.of(worker, helidon));
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
        Table atHalf = HttpSeries.halfTable();
        all().forEach(series -> series.addToHalf(atHalf));
        System.out.println(atHalf);
        System.out.println();
        System.out.println(ratios());
        System.out.println();
        if (!netty.wasBusy()) {
            System.out.println("This machine was busy with something else: trust req/cpu-s, not throughput.\n");
        }
        System.out.println(new Result("http")
                .ratio(
                        "eventLoopVsNetty",
                        eventLoop.full().throughput().ratioTo(netty.full().throughput()))
                .ratio(
                        "eventLoopVsVertx",
                        eventLoop.full().throughput().ratioTo(vertx.full().throughput()))
                .ratio(
                        "workerVsHelidon",
                        worker.full().throughput().ratioTo(helidon.full().throughput()))
                .ratio(
                        "p99VsVertx",
                        eventLoop.full().p99Micros().ratioTo(vertx.full().p99Micros()))
                .ratio(
                        "workerP99VsHelidon",
                        worker.full().p99Micros().ratioTo(helidon.full().p99Micros()))
                .ratio(
                        "p99VsNettyAtHalf",
                        eventLoop.half().p99Micros().ratioTo(netty.half().p99Micros()))
                .ratio(
                        "p99VsVertxAtHalf",
                        eventLoop.half().p99Micros().ratioTo(vertx.half().p99Micros()))
                .ratio(
                        "workerP99VsHelidonAtHalf",
                        worker.half().p99Micros().ratioTo(helidon.half().p99Micros())));
    }

    private Table ratios() {
        Table table = new Table("ratios of medians", "throughput", "req/cpu-s", "p99", "p99 at half");
        ratios(table, "event loop / netty", eventLoop, netty);
        ratios(table, "event loop / vertx", eventLoop, vertx);
        ratios(table, "worker / helidon", worker, helidon);
        return table;
    }

    private static void ratios(Table table, String name, HttpSeries one, HttpSeries other) {
        table.row(
                name,
                Table.number(one.full().throughput().ratioTo(other.full().throughput()), 3),
                Table.number(one.full().perCpuSecond().ratioTo(other.full().perCpuSecond()), 3),
                Table.number(one.full().p99Micros().ratioTo(other.full().p99Micros()), 3),
                Table.number(one.half().p99Micros().ratioTo(other.half().p99Micros()), 3));
    }

    @FunctionalInterface
    private interface Measurement {
        void of(HttpSeries series) throws IOException;
    }
}
