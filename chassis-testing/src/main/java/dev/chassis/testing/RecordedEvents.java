package dev.chassis.testing;

import dev.chassis.lifecycle.LifecycleEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Everything that happened to a service, in order, and a way to wait for what has not happened yet.
 *
 * <p>Thread-safe. {@code recorded} is guarded by this object's lock.
 */
public final class RecordedEvents {

    static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<LifecycleEvent> recorded = new ArrayList<>();

    RecordedEvents() {}

    /** What has happened so far. */
    public synchronized List<LifecycleEvent> all() {
        return List.copyOf(recorded);
    }

    /** What has happened so far, of one kind. */
    public <E extends LifecycleEvent> List<E> all(Class<E> kind) {
        return all().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /**
     * The first event of a kind; waits for it, 30 s at most.
     *
     * @throws AssertionError if there was none, listing those there were
     */
    public <E extends LifecycleEvent> E await(Class<E> kind) {
        return kind.cast(await(kind.getSimpleName(), kind::isInstance));
    }

    /**
     * Waits for exactly this event, 30 s at most: {@code await(new DrainPhaseEntered(DrainPhase.AWAIT))}.
     *
     * @throws AssertionError if there was none, listing those there were
     */
    public void await(LifecycleEvent event) {
        await(event.toString(), event::equals);
    }

    synchronized void record(LifecycleEvent event) {
        recorded.add(event);
        notifyAll();
    }

    private synchronized LifecycleEvent await(String wanted, Predicate<LifecycleEvent> isWanted) {
        long end = System.nanoTime() + LIMIT.toNanos();
        Optional<LifecycleEvent> found = first(isWanted);
        while (found.isEmpty()) {
            waitUntil(end, wanted);
            found = first(isWanted);
        }
        return found.get();
    }

    private Optional<LifecycleEvent> first(Predicate<LifecycleEvent> isWanted) {
        return recorded.stream().filter(isWanted).findFirst();
    }

    private void waitUntil(long end, String wanted) {
        long millis = (end - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new AssertionError("no " + wanted + " within " + LIMIT + ", only " + recorded);
        }
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + wanted, e);
        }
    }
}
