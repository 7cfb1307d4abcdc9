package dev.chassis.bench;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A small model of a load balancer in front of one target: keep-alive connections without pause, a new one where the
 * server said {@code Connection: close}, and a target that is deregistered gets no new request but keeps its connections.
 */
final class Balancer implements AutoCloseable {
    private static final long ANSWERS_TIMEOUT_SECONDS = 30;

    private final Tally tally = new Tally();
    private final ClosedLoop loop;
    private final Thread thread;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean running = true; // cleared once, read by the loop's thread

    Balancer(int port, String path, int connections) throws IOException {
        loop = new ClosedLoop(port, path, connections, tally);
        thread = new Thread(this::runLoop, "balancer");
    }

    void start() {
        thread.start();
    }

    /** Sends no new request from now on; returns when those under way have ended. */
    void deregister() throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture.anyOf(loop.stopSending(), ended).get(ANSWERS_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Closes the connections and returns what became of the requests. */
    Tally end() throws InterruptedException, ExecutionException {
        close();
        ended.get();
        return tally;
    }

    @Override
    public void close() {
        running = false;
    }

    private void runLoop() {
        try (loop) {
            loop.runWhile(() -> running);
            ended.complete(null);
        } catch (IOException | RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }
}
