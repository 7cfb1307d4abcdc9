package dev.chassis.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Holds sessions to one server at a time, from a process of its own. */
final class SocketsClient implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter orders;

    /** Starts the process where {@code cpus} says. */
    SocketsClient(Cpus cpus) throws IOException {
        List<String> command = new ArrayList<>(cpus.load());
        command.addAll(List.of(Peer.java(), "-cp", System.getProperty("java.class.path"), SocketsMain.class.getName()));
        this.process = Children.start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT));
        this.answers = process.inputReader();
        this.orders = new PrintWriter(process.outputWriter(), true);
    }

    /** Returns when that many sessions are open. */
    void open(ServerProcess server, String path, int sessions) throws IOException {
        ask("open " + server.port() + " " + path + " " + sessions);
    }

    /** Has each session told {@code count} messages, {@code times} times; the next begin when all have arrived. */
    Burst bursts(ServerProcess server, int times, int count, int size) throws IOException {
        long begun = System.nanoTime();
        Duration before = server.cpuTime();
        String[] answer = ask("bursts " + times + " " + count + " " + size).split(" ");
        double cpuMicros = server.cpuTime().minus(before).toNanos() / 1e3;
        double deliveries = Long.parseLong(answer[0]);
        double seconds = (System.nanoTime() - begun) / 1e9;
        return new Burst(
                cpuMicros / deliveries,
                deliveries / seconds,
                Integer.parseInt(answer[1]) / 1e3,
                Integer.parseInt(answer[2]) / 1e3);
    }

    /** Ends all sessions. */
    void closeAll() throws IOException {
        ask("close");
    }

    @Override
    public void close() {
        Children.kill(process);
    }

    private String ask(String order) throws IOException {
        orders.println(order);
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the client of the sessions failed");
        }
        return line;
    }

    /**
     * What bursts gave.
     *
     * @param cpuMicros processor time of the server for one message at one session
     * @param perSecond messages that arrived
     * @param p50Millis from the order to the arrival
     * @param p99Millis the same
     */
    record Burst(double cpuMicros, double perSecond, double p50Millis, double p99Millis) {}
}
