package dev.chassis;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/**
 * For work that outlives its request, which a function platform would have lost. Bounded; every task runs under the correlation it was
 * handed over with, counts as in flight, and is awaited by the drain. Thread-safe.
 */
public interface Background {

    /**
     * Hands over a task. A task that throws is logged with its correlation.
     *
     * @param name what kind of work it is, for logs and meters; a constant, never an id
     * @return completes when the task is over, exceptionally if it threw
     * @throws RejectedExecutionException if as many tasks as allowed are waiting, or the drain no longer accepts any
     */
    CompletionStage<Void> run(String name, Task task);

    /** A piece of work. */
    @FunctionalInterface
    interface Task {

        /**
         * Does it.
         *
         * @throws Exception for any reason; it is logged
         */
        void run() throws Exception;
    }
}
