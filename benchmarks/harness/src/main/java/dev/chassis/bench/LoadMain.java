package dev.chassis.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;

/**
 * The load client's process: one for all servers, so that each meets the same warm client. Every line on its input is
 * {@code <port> <path> <connections> <requests per second> <milliseconds>}, where no requests per second are as many as there
 * can be; it answers with {@link #MEASURING}, then one {@link LoadResult}.
 */
final class LoadMain {
    static final String MEASURING = "measuring";

    private static final Duration SETTLE = Duration.ofMillis(250);

    private LoadMain() {}

    public static void main(String[] args) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ");
            Windows windows = new Windows(Duration.ofMillis(Long.parseLong(words[4])));
            try (Load load = load(words, windows)) {
                measure(load, windows);
            }
        }
    }

    private static Load load(String[] words, Recorder recorder) throws IOException {
        int port = Integer.parseInt(words[0]);
        int connections = Integer.parseInt(words[2]);
        int requestsPerSecond = Integer.parseInt(words[3]);
        return requestsPerSecond == 0
                ? new ClosedLoop(port, words[1], connections, recorder)
                : new OpenLoop(port, words[1], connections, requestsPerSecond, recorder);
    }

    private static void measure(Load load, Windows windows) throws IOException {
        runFor(load, SETTLE);
        System.out.println(MEASURING);
        long begun = System.nanoTime();
        while (windows.next()) {
            runFor(load, Windows.LENGTH);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        load.finish(); // before we answer: then the server may be stopped
        System.out.println(windows.result(seconds).toLine());
    }

    private static void runFor(Load load, Duration duration) throws IOException {
        long begun = System.nanoTime();
        load.runWhile(() -> System.nanoTime() - begun < duration.toNanos());
    }
}
