package dev.chassis.messaging;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Where the client runs its callbacks: in the thread that reads from the connection. Ours only hand over, so another thread between would
 * cost one more wake-up for every delivery and give nothing; and it would take up to a thousand deliveries that no bound of ours knows.
 *
 * <p>Thread-safe. Stateless: it has no threads to end.
 */
final class ReaderThread extends AbstractExecutorService {

    @Override
    public void execute(Runnable callback) {
        callback.run();
    }

    @Override
    public void shutdown() {
        // Ends with the connection.
    }

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }
}
