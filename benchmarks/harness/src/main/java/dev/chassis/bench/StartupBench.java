package dev.chassis.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** From the start of the process to the first 200, with the JVM's defaults and every processor. */
final class StartupBench {
    private static final Path AOT_CACHE = Path.of("target", "candidate.aot");
    private static final Duration TRAINING_TIMEOUT = Duration.ofMinutes(2);

    private final int rounds;
    private final Peer trained;
    private final Series candidate;
    private final Series candidateAot;
    private final Series netty;
    private final List<Series> frameworks;

    StartupBench(Options options, Peers peers, Peer candidate) {
        this.rounds = options.pick(5, 11);
        this.trained = candidate;
        this.candidate = new Series(candidate);
        this.candidateAot =
                new Series(candidate.with("-XX:AOTCache=" + AOT_CACHE).named(candidate.name() + " with AOT cache"));
        this.netty = new Series(peers.nettyNio());
        this.frameworks = peers.frameworks().stream().map(Series::new).toList();
    }

    void run() throws IOException, TimeoutException, InterruptedException {
        train();
        List<Series> order = all();
        for (Series series : order) {
            new Series(series.peer).measure(); // fills the page cache and warms the harness; not counted
        }
        for (int round = 0; round < rounds; round++) {
            for (Series series : order) {
                series.measure();
            }
            Collections.rotate(order, 1);
        }
        print();
    }

    /** One start with one request; the JVM writes the cache when it ends. */
    private void train() throws IOException, TimeoutException, InterruptedException {
        Files.deleteIfExists(AOT_CACHE);
        Peer training = trained.with("-XX:AOTCacheOutput=" + AOT_CACHE).named(trained.name() + "-training");
        try (ServerProcess server = ServerProcess.start(training, Cpus.SHARED)) {
            server.terminate();
            server.awaitExit(TRAINING_TIMEOUT);
        }
        if (!Files.exists(AOT_CACHE)) {
            throw new IOException("the training run wrote no " + AOT_CACHE);
        }
    }

    private List<Series> all() {
        List<Series> all = new ArrayList<>(List.of(candidate, candidateAot, netty));
        all.addAll(frameworks);
        return all;
    }

    private Series bestFramework() {
        return Collections.min(frameworks, Comparator.comparingDouble(series -> series.millis.median()));
    }

    private void print() {
        System.out.println();
        Table table = new Table("startup", "ms median", "min–max", "cpu ms", "/ netty", "cpu / netty", "rounds");
        for (Series series : all()) {
            table.row(
                    series.peer.name(),
                    Table.number(series.millis.median(), 0),
                    Table.spread(series.millis),
                    Table.number(series.cpuMillis.median(), 0),
                    Table.number(series.millis.ratioTo(netty.millis), 2),
                    Table.number(series.cpuMillis.ratioTo(netty.cpuMillis), 2),
                    Integer.toString(series.millis.count()));
        }
        System.out.println(table);
        System.out.println();
        Series best = bestFramework();
        System.out.println(new Result("startup")
                .ratio("coldVsNetty", candidate.millis.ratioTo(netty.millis))
                .ratio("coldVsBestPeer", candidate.millis.ratioTo(best.millis))
                .text("bestPeer", best.peer.name())
                .ratio("aotVsNetty", candidateAot.millis.ratioTo(netty.millis)));
    }

    /** One server: its starts, and the processor time they took. */
    private record Series(Peer peer, Samples millis, Samples cpuMillis) {
        private Series(Peer peer) {
            this(peer, new Samples(), new Samples());
        }

        private void measure() throws IOException, TimeoutException {
            try (ServerProcess server = ServerProcess.start(peer, Cpus.SHARED)) {
                millis.add(server.untilFirstAnswer().toNanos() / 1e6);
                cpuMillis.add(server.cpuTime().toNanos() / 1e6);
            }
        }
    }
}
