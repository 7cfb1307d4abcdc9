package dev.chassis.messaging;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Completes stages on worker threads, because what is chained to them is code of others, and the client's thread must not wait for that. One
 * worker does it, until {@link #look} finds that it gets nowhere: then another one helps.
 *
 * <p>Thread-safe.
 *
 * <ul>
 *   <li>I1: while {@code ready} is not empty, {@code running} is true, and a worker completes what is ready, is about to, or is kept by code
 *       of others.
 * </ul>
 */
final class Completions {

    private final Executor workers;
    private final Consumer<Pending> before;
    private final Deque<Pending> ready = new ArrayDeque<>(); // all fields from here: guarded by this
    private boolean running;
    private long taken;
    private long takenAtLastLook;

    /** @param before is told of each message before its stage is completed, on the same thread */
    Completions(Executor workers, Consumer<Pending> before) {
        this.workers = workers;
        this.before = before;
    }

    /** Hands over messages that are decided. Does not block, unless the workers have ended: then it completes them itself. */
    void add(List<Pending> decided) {
        boolean idle;
        synchronized (this) {
            idle = !running;
            running = true;
            ready.addAll(decided);
        }
        if (idle) {
            execute();
        }
    }

    /** Called every now and then: has another worker help if none has got on since the last time. */
    void look() {
        boolean stuck;
        synchronized (this) {
            stuck = !ready.isEmpty() && taken == takenAtLastLook;
            takenAtLastLook = taken;
        }
        if (stuck) {
            execute();
        }
    }

    /** Completes what is ready, on the calling thread. */
    void run() {
        for (Pending next = next(); next != null; next = next()) {
            before.accept(next);
            next.complete();
        }
    }

    private void execute() {
        try {
            workers.execute(this::run);
        } catch (RejectedExecutionException e) {
            run();
        }
    }

    private synchronized @Nullable Pending next() {
        Pending next = ready.pollFirst();
        running = next != null; // I1
        taken++;
        return next;
    }
}
