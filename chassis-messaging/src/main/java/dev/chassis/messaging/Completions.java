package dev.chassis.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Completes stages on worker threads, because what is chained to them is code of others, and the client's thread must not wait for that.
 * What is decided while a worker is being woken goes with it; what blocks keeps only its own batch.
 *
 * <p>Thread-safe.
 *
 * <ul>
 *   <li>I1: while {@code ready} is not empty, a task that takes all of it was handed over, or the workers have ended.
 * </ul>
 */
final class Completions {

    private final Executor workers;
    private final Consumer<List<Pending>> before;
    private List<Pending> ready = new ArrayList<>(); // guarded by this

    /** @param before is told of each batch before it is completed, on the same thread */
    Completions(Executor workers, Consumer<List<Pending>> before) {
        this.workers = workers;
        this.before = before;
    }

    /** Hands over messages that are decided. Does not block, unless the workers have ended: then it completes them itself. */
    void add(List<Pending> decided) {
        boolean first;
        synchronized (this) {
            first = ready.isEmpty();
            ready.addAll(decided);
        }
        if (first) {
            try {
                workers.execute(this::run); // I1
            } catch (RejectedExecutionException e) {
                run();
            }
        }
    }

    /** Completes what is ready, on the calling thread. */
    void run() {
        List<Pending> batch;
        synchronized (this) {
            batch = ready;
            ready = new ArrayList<>();
        }
        if (!batch.isEmpty()) {
            before.accept(batch);
            batch.forEach(Pending::complete);
        }
    }
}
