package dev.chassis.messaging;

import dev.chassis.lifecycle.InFlight;
import dev.chassis.lifecycle.Workers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Brings deliveries to workers, so many at once as the consumer may. Thread-safe.
 *
 * <ul>
 *   <li>I1: {@code waiting}, {@code routed}, {@code routing}, {@code busy}, {@code awaited}, {@code unasked}, {@code replaced}, {@code pace},
 *       {@code watched}, {@code open}, {@code closed} are guarded by {@code lock}, under which neither handlers run nor threads are started.
 *   <li>I2: {@code busy} is the number of workers that look for deliveries or handle one that has not been abandoned; at most the
 *       concurrency.
 *   <li>I3: a delivery leaves {@code waiting} once: to a worker, entered in {@code inFlight} in the same step, or to whoever takes it back.
 *   <li>I4: when {@link #close} has returned no delivery starts any more.
 *   <li>I5: {@code awaited} says that a worker has been asked for which has not looked yet. No second one is asked for meanwhile: it will
 *       ask itself if it finds more than it takes. Deliveries come in bursts, and to wake a worker for each costs more than most handlers.
 *   <li>I6: {@code unasked} deliveries have come for which no worker has been asked yet. One is at the end of the {@link Burst}, or when
 *       there are many. A worker that comes by before takes them, too.
 *   <li>I7: while deliveries wait and another worker could take them, one is awaited, or {@code watched} is true: then handlers have been
 *       quick, a worker at work is expected to take them sooner, and {@link #lookAfter} finds out if it does not.
 * </ul>
 */
final class Dispatcher<T> {

    /** So many deliveries are worth a worker before all that has arrived is read. */
    private static final int MANY = 32;

    private final Object lock = new Object();
    private final Waiting<T> waiting;
    private final Deque<Work<T>> routed = new ArrayDeque<>();
    private final Set<Work<T>> running = ConcurrentHashMap.newKeySet();
    private final @Nullable Function<Delivery<T>, ?> key;
    private final Workers workers;
    private final InFlight inFlight;
    private final int concurrency;
    private final Consumer<Work<T>> refused;
    private final Runnable watch;
    private final Pace pace;
    private final Runnable asking = this::ask; // one and the same, so that a burst knows it again
    private int busy;
    private final Set<Work<T>> replaced = new HashSet<>();
    private boolean awaited;
    private boolean watched;
    private int unasked;
    private boolean routing;
    private boolean open = true;
    private boolean closed;

    /**
     * Deliveries in the order they come, or, with a key, in lanes of their keys.
     *
     * @param refused takes what came before {@link #close} and could not be put in its lane after it
     * @param watch has {@link #lookAfter} called soon; called under the lock, so it only hands over
     * @param pace how soon handlers return; the dispatcher's own from now on
     */
    Dispatcher(
            int concurrency,
            @Nullable Function<Delivery<T>, ?> key,
            Workers workers,
            InFlight inFlight,
            Consumer<Work<T>> refused,
            Runnable watch,
            Pace pace) {
        this.concurrency = concurrency;
        this.key = key;
        this.workers = workers;
        this.inFlight = inFlight;
        this.refused = refused;
        this.watch = watch;
        this.pace = pace;
        this.waiting = key == null ? new Waiting.Fifo<>() : new Waiting.Lanes<>(lanes(concurrency));
    }

    /** Takes a delivery; false if none is wanted now. Called by the client's thread: only hands over. */
    boolean offer(Work<T> work) {
        boolean many;
        synchronized (lock) {
            if (!open || closed) {
                return false;
            }
            if (key == null) {
                waiting.add(work);
            } else {
                routed.addLast(work);
            }
            many = ++unasked >= MANY;
        }
        if (many) {
            ask();
        } else {
            Burst.atEnd(asking);
        }
        return true;
    }

    /** Asks for a worker, for what has come. */
    private void ask() {
        Runnable start;
        synchronized (lock) {
            unasked = 0;
            start = key == null ? worker() : router();
        }
        execute(start);
    }

    /** Whether deliveries are taken from now on. */
    void setOpen(boolean now) {
        synchronized (lock) {
            open = now;
        }
    }

    /** Takes back what has not reached a worker. */
    List<Work<T>> takeBack(Predicate<Work<T>> wanted) {
        synchronized (lock) {
            List<Work<T>> taken = new ArrayList<>(waiting.takeIf(wanted));
            routed.stream().filter(wanted).forEach(taken::add);
            routed.removeIf(wanted);
            return taken;
        }
    }

    /** Starts nothing any more. Returns what has not reached a worker. Idempotent. */
    List<Work<T>> close() {
        synchronized (lock) {
            closed = true;
        }
        return takeBack(work -> true);
    }

    /** A worker that does not come back no longer counts; another one takes its place, unless there are as many stuck as may work. */
    void replace(Work<T> work) {
        Runnable start;
        synchronized (lock) {
            if (!running.contains(work) || replaced.size() >= concurrency) {
                return;
            }
            replaced.add(work);
            waiting.finished(work);
            busy--;
            pace.slowDown();
            start = worker();
        }
        execute(start);
    }

    /**
     * Looks whether a worker takes what waits for it, and asks for another one if none was done with anything since the last look, or not
     * as soon as was expected. Returns whether to call this again, in some milliseconds.
     */
    boolean lookAfter() {
        Runnable start = null;
        boolean again;
        synchronized (lock) {
            boolean wanted = isWorkerWanted();
            again = wanted && pace.isQuick() && !pace.hasStalled();
            if (wanted && !again) {
                pace.slowDown();
                start = worker();
            }
            watched = again; // I7
        }
        execute(start);
        return again;
    }

    /** Workers that have ignored that their time is over, and have been replaced. */
    int stuck() {
        synchronized (lock) {
            return replaced.size();
        }
    }

    /** What workers have now. */
    Collection<Work<T>> running() {
        return running;
    }

    /** Fewer keys than this rarely meet in a lane; more lanes cost nothing but memory. */
    private static int lanes(int concurrency) {
        return Math.max(64, concurrency * 8);
    }

    private boolean isWorkerWanted() {
        return !awaited && !closed && busy < concurrency && waiting.hasNext();
    }

    private @Nullable Runnable worker() {
        if (!isWorkerWanted()) {
            return null;
        }
        if (busy > 0 && pace.isQuick()) { // I7
            if (!watched) {
                watched = true;
                pace.watch();
                watch.run();
            }
            return null;
        }
        busy++;
        awaited = true;
        return this::work;
    }

    private @Nullable Runnable router() {
        if (routing || routed.isEmpty()) {
            return null;
        }
        routing = true;
        return this::route;
    }

    private void execute(@Nullable Runnable start) {
        if (start != null) {
            try {
                workers.execute(start);
            } catch (RejectedExecutionException stopped) {
                // Whoever stopped the workers closes the channel, and the deliveries go back.
            }
        }
    }

    private void work() {
        Work<T> work = first();
        while (work != null) {
            work.run();
            work = next(work);
        }
    }

    /** The first delivery for a worker that has just begun; the next worker begins now, if there is more to do. */
    private @Nullable Work<T> first() {
        Work<T> work;
        Runnable start;
        synchronized (lock) {
            awaited = false;
            work = poll();
            start = worker();
        }
        execute(start);
        return work;
    }

    /** The next delivery for the worker that is done with this one; null if it is no longer needed. */
    private @Nullable Work<T> next(Work<T> done) {
        synchronized (lock) {
            pace.handled(System.nanoTime() - done.startedNanos());
            return leaves(done) ? null : poll(); // If it leaves, somebody has taken its place.
        }
    }

    private @Nullable Work<T> poll() {
        Work<T> work = closed ? null : waiting.poll();
        if (work == null) {
            busy--;
            return null;
        }
        return start(work);
    }

    private boolean leaves(Work<T> done) {
        running.remove(done);
        if (!replaced.isEmpty() && replaced.remove(done)) {
            return true;
        }
        waiting.finished(done);
        return false;
    }

    private @Nullable Work<T> start(Work<T> work) {
        if (!inFlight.tryEnter()) {
            throw new IllegalStateException("closed before the dispatcher was"); // I4: it is closed first, always.
        }
        work.started();
        running.add(work);
        return work;
    }

    /** Sorts deliveries into their lanes, in the order they came: one thread at a time. */
    private void route() {
        Work<T> work = nextRouted();
        while (work != null) {
            work.findKey(java.util.Objects.requireNonNull(key));
            Runnable start = null;
            boolean late;
            synchronized (lock) {
                late = closed;
                if (!late) {
                    waiting.add(work);
                    start = worker();
                }
            }
            if (late) {
                refused.accept(work);
            }
            execute(start);
            work = nextRouted();
        }
    }

    private @Nullable Work<T> nextRouted() {
        synchronized (lock) {
            Work<T> work = routed.pollFirst();
            routing = work != null;
            return work;
        }
    }
}
