package dev.chassis.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Loads servers, one at a time, from a process of its own. */
final class LoadClient implements AutoCloseable {
    private final int connections;
    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter orders;

    /** Starts the process where {@code cpus} says. */
    LoadClient(Cpus cpus, int connections) throws IOException {
        this.connections = connections;
        List<String> command = new ArrayList<>(cpus.load());
        command.addAll(List.of(Peer.java(), "-cp", System.getProperty("java.class.path"), LoadMain.class.getName()));
        this.process = Children.start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT));
        this.answers = process.inputReader();
        this.orders = new PrintWriter(process.outputWriter(), true);
    }

    /** Loads a server with all it takes for that long. */
    Slice load(ServerProcess server, String path, Duration duration) throws IOException {
        return load(server, path, 0, duration);
    }

    /** Loads a server with that many requests a second, whatever it takes, for that long. */
    Slice loadAt(ServerProcess server, String path, int requestsPerSecond, Duration duration) throws IOException {
        if (requestsPerSecond < 1) {
            throw new IllegalArgumentException("requests per second: " + requestsPerSecond + " (expected: at least 1)");
        }
        return load(server, path, requestsPerSecond, duration);
    }

    private Slice load(ServerProcess server, String path, int requestsPerSecond, Duration duration) throws IOException {
        orders.println(String.join(
                " ",
                Integer.toString(server.port()),
                path,
                Integer.toString(connections),
                Integer.toString(requestsPerSecond),
                Long.toString(duration.toMillis())));
        expectMeasuring(answer());
        long begun = System.nanoTime();
        Duration serverBefore = server.cpuTime();
        Duration clientBefore = cpuTime();
        LoadResult result = LoadResult.parse(answer());
        double elapsed = System.nanoTime() - begun;
        return new Slice(
                result,
                server.cpuTime().minus(serverBefore).toNanos() / elapsed,
                cpuTime().minus(clientBefore).toNanos() / elapsed);
    }

    @Override
    public void close() {
        Children.kill(process);
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the load client failed");
        }
        return line;
    }

    private Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static void expectMeasuring(String line) throws IOException {
        if (!line.equals(LoadMain.MEASURING)) {
            throw new IOException("the load client said " + line);
        }
    }

    /**
     * What a slice of time under load gave.
     *
     * @param result what the client measured
     * @param serverCpus processors the server kept busy; less than it may use means it was not the bottleneck
     * @param clientCpus processors the client kept busy; near one means that the client was the bottleneck
     */
    record Slice(LoadResult result, double serverCpus, double clientCpus) {}
}
