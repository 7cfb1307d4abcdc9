package dev.chassis.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * What a generated service's image costs: its size above the base, and from the start of its container to ready, with the AOT cache that the
 * image has and without it.
 *
 * <p>{@code benchmarks/run} has built the image ({@code bench.image}) and started what it connects to ({@code bench.run}).
 */
final class ImageBench {
    private static final String BASE = "eclipse-temurin:25-jre-noble";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final double MEGABYTE = 1e6;

    private final int rounds;
    private final String image = System.getProperty("bench.image");
    private final String run = System.getProperty("bench.run");
    private final Series cached;
    private final Series cold;

    ImageBench(Options options) {
        rounds = options.pick(3, 9);
        cached = new Series("with its AOT cache", List.of(image), "aot");
        // The image's own command but for the cache.
        cold = new Series(
                "without", List.of("--entrypoint", "java", image, "@/app/jvm.args", "-jar", "/app/app.jar"), "none");
    }

    void run() throws IOException, InterruptedException, TimeoutException {
        long above = size(image) - size(BASE);
        start(cached, false);
        start(cold, false);
        for (int round = 0; round < rounds; round++) {
            start(round % 2 == 0 ? cached : cold, true);
            start(round % 2 == 0 ? cold : cached, true);
        }
        print(above);
    }

    private void start(Series series, boolean counted) throws IOException, InterruptedException, TimeoutException {
        List<String> command = new ArrayList<>(List.of("../.ci/image/service", "start", run));
        command.addAll(series.options);
        int port = Integer.parseInt(tell(command));
        String container = run + "-service";
        Instant ready = awaitReady(port);
        Instant began = Instant.parse(docker("inspect", "-f", "{{.State.StartedAt}}", container));
        checkArchive(series, ledger(container));
        String resident = docker("top", container, "-eo", "pid,rss")
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow();
        docker("rm", "-f", container);
        if (counted) {
            series.millis.add(Duration.between(began, ready).toNanos() / 1e6);
            series.resident.add(Long.parseLong(resident.trim().split("\\s+")[1]) * 1024 / MEGABYTE);
        }
    }

    private static Instant awaitReady(int port) throws InterruptedException, TimeoutException {
        Probe probe = new Probe(port, "/readyz");
        Instant limit = Instant.now().plus(START_TIMEOUT);
        while (probe.status() != 200) {
            if (Instant.now().isAfter(limit)) {
                throw new TimeoutException("the service is not ready within " + START_TIMEOUT);
            }
            Thread.sleep(POLL.toMillis());
        }
        return Instant.now();
    }

    /** The log with the start ledger: a service may be asked before its lines have come through the engine. */
    private static String ledger(String container) throws IOException, InterruptedException, TimeoutException {
        Instant limit = Instant.now().plus(START_TIMEOUT);
        String log = docker("logs", container);
        while (!log.contains("\"archive\":\"")) {
            if (Instant.now().isAfter(limit)) {
                throw new TimeoutException("no start ledger within " + START_TIMEOUT + ": " + log);
            }
            Thread.sleep(POLL.toMillis());
            log = docker("logs", container);
        }
        return log;
    }

    private static void checkArchive(Series series, String log) throws IOException {
        String expected = "\"archive\":\"" + series.archive + '"';
        if (!log.contains(expected)) {
            throw new IOException(series.name + ": the start ledger does not say " + expected);
        }
    }

    private static long size(String image) throws IOException, InterruptedException {
        return Long.parseLong(docker("image", "inspect", "-f", "{{.Size}}", image));
    }

    private static String docker(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return tell(command);
    }

    /** What a command says; it must succeed. */
    private static String tell(List<String> command) throws IOException, InterruptedException {
        Process process = Children.start(new ProcessBuilder(command).redirectErrorStream(true));
        String output = new String(process.getInputStream().readAllBytes()).trim();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    private void print(long above) {
        Table table = new Table("image", "ms median", "min–max", "MB resident", "rounds");
        for (Series series : List.of(cached, cold)) {
            table.row(
                    series.name,
                    Table.number(series.millis.median(), 0),
                    Table.spread(series.millis),
                    Table.number(series.resident.median(), 0),
                    Integer.toString(series.millis.count()));
        }
        System.out.println(table);
        System.out.println();
        System.out.println(new Result("image")
                .ratio("aotVsCold", cached.millis.ratioTo(cold.millis))
                .ratio("megabytesAboveBase", above / MEGABYTE)
                .count("readyMillis", Math.round(cached.millis.median())));
    }

    /** One way to start the image. */
    private record Series(String name, List<String> options, String archive, Samples millis, Samples resident) {
        private Series(String name, List<String> options, String archive) {
            this(name, options, archive, new Samples(), new Samples());
        }
    }
}
