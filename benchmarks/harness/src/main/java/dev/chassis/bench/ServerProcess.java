package dev.chassis.bench;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** A running server: started on a free port, waited for until it answers, killed on close. */
final class ServerProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Path LOGS = Path.of("target", "logs");
    private static final Duration POLL = Duration.ofMillis(1);

    private final Peer peer;
    private final int port;
    private final File log;
    private final long begun;
    private final Process process;
    private Duration untilFirstAnswer;

    private ServerProcess(Peer peer, Cpus cpus) throws IOException {
        this.peer = peer;
        this.port = freePort();
        this.log = logFile(peer.name());
        List<String> command = new ArrayList<>(cpus.server());
        command.addAll(peer.command(port));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        this.begun = System.nanoTime();
        this.process = Children.start(builder);
    }

    /** Starts a server and returns as soon as its route answers 200. */
    static ServerProcess start(Peer peer, Cpus cpus) throws IOException, TimeoutException {
        ServerProcess server = new ServerProcess(peer, cpus);
        try {
            server.awaitFirstAnswer();
            return server;
        } catch (IOException | TimeoutException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** From the start of the process to the first 200, to a millisecond. */
    Duration untilFirstAnswer() {
        return untilFirstAnswer;
    }

    /** Processor time the server has used so far. */
    Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Sends SIGTERM and returns at once. */
    void terminate() {
        process.destroy();
    }

    /** Waits for the end of the process and returns its exit code. */
    int awaitExit(Duration timeout) throws InterruptedException, TimeoutException {
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new TimeoutException(peer.name() + " still runs after " + timeout + "; its output is in " + log);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        Children.kill(process);
    }

    private void awaitFirstAnswer() throws IOException, TimeoutException {
        Probe probe = new Probe(port, peer.path());
        while (probe.status() != 200) {
            if (!process.isAlive()) {
                throw new IOException(peer.name() + " ended with " + process.exitValue() + "; its output is in " + log);
            }
            if (System.nanoTime() - begun > START_TIMEOUT.toNanos()) {
                throw new TimeoutException(peer.name() + " did not answer 200 in " + START_TIMEOUT + "; see " + log);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        untilFirstAnswer = Duration.ofNanos(System.nanoTime() - begun);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static File logFile(String name) throws IOException {
        return Files.createDirectories(LOGS)
                .resolve(name.replace(' ', '-') + ".log")
                .toFile();
    }
}
