package dev.chassis.bench;

import java.nio.file.Path;

/** Entry point of the harness; {@code benchmarks/run} starts it. */
public final class Main {
    private Main() {}

    /**
     * Runs one benchmark.
     *
     * @param args the directory of the built servers, the benchmark and its options
     * @throws Exception if a server does not start, or anything measured went wrong
     */
    public static void main(String[] args) throws Exception {
        Options options = Options.parse(args);
        Peers peers = new Peers(Path.of(args[0]).toAbsolutePath().normalize());
        Peer candidate = peers.named(options.candidate());
        System.out.println(Machine.describe());
        switch (options.bench()) {
            case HTTP -> new HttpBench(options, peers, candidate).run();
            case STARTUP -> new StartupBench(options, peers, candidate).run();
            case DRAIN -> new DrainBench(options, candidate).run();
            case WEBSOCKET -> new WebSocketBench(options, peers).run();
            case IMAGE -> new ImageBench(options).run();
        }
    }
}
