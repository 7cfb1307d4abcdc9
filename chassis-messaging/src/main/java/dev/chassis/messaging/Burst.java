package dev.chassis.messaging;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived on one connection and is read without waiting for more. Messages come in bursts, and to wake somebody for each of them
 * costs more than to read it: so whoever is called by the thread that reads may have something done at the end of the burst.
 *
 * <p>{@link #atEnd} may be called by any thread; all else belongs to the thread that reads.
 *
 * <ul>
 *   <li>I1: what is due is done before the thread waits for more to arrive. When the connection breaks first it is not done any more: what
 *       has come by it is void then.
 * </ul>
 */
final class Burst {

    private static final ThreadLocal<@Nullable Burst> READ_BY_THIS_THREAD = new ThreadLocal<>();

    private final List<Runnable> due = new ArrayList<>();
    private @Nullable Thread reader;

    /** Has this task done once when everything has been read; at once, where the calling thread is none that reads. */
    static void atEnd(Runnable task) {
        Burst burst = READ_BY_THIS_THREAD.get();
        if (burst == null) {
            task.run();
        } else if (!burst.due.contains(task)) {
            burst.due.add(task);
        }
    }

    /** The calling thread is the one that reads from now on, and for as long as it lives. */
    void readHere() {
        if (reader != Thread.currentThread()) {
            reader = Thread.currentThread();
            READ_BY_THIS_THREAD.set(this);
        }
    }

    /** Everything has been read. */
    void end() {
        for (int i = 0; i < due.size(); i++) {
            due.get(i).run();
        }
        due.clear();
    }
}
