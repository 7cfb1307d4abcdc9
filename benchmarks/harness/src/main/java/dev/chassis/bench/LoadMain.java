package dev.chassis.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;

/**
 * The load client's process: one for all servers, so that each meets the same warm client. Every line on its input is
 * {@code <port> <path> <connections> <milliseconds>}; it answers with {@link #MEASURING}, then one {@link LoadResult}.
 */
final class LoadMain {
    static final String MEASURING = "measuring";

    private static final Duration SETTLE = Duration.ofMillis(250);

    private LoadMain() {}

    public static void main(String[] args) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
        Latencies latencies = new Latencies();
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ");
            try (ClosedLoop loop =
                    new ClosedLoop(Integer.parseInt(words[0]), words[1], Integer.parseInt(words[2]), latencies)) {
                measure(loop, latencies, Duration.ofMillis(Long.parseLong(words[3])));
            }
        }
    }

    private static void measure(ClosedLoop loop, Latencies latencies, Duration duration) throws IOException {
        runFor(loop, SETTLE);
        latencies.clear();
        System.out.println(MEASURING);
        double seconds = runFor(loop, duration);
        LoadResult result = LoadResult.of(latencies, seconds);
        loop.finish(); // before we answer: then the server may be stopped
        System.out.println(result.toLine());
    }

    private static double runFor(ClosedLoop loop, Duration duration) throws IOException {
        long begun = System.nanoTime();
        loop.runWhile(() -> System.nanoTime() - begun < duration.toNanos());
        return (System.nanoTime() - begun) / 1e9;
    }
}
