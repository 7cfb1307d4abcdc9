package dev.chassis.testing;

import dev.chassis.lifecycle.LifecycleEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that happened to a service, in order, and a way to wait for what has not happened yet.
 *
 * <p>Thread-safe. {@code recorded} is guarded by this object's lock.
 */
public final class RecordedEvents {

    private static final Duration LIMIT = Duration.ofSeconds(30);

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
    public synchronized <E extends LifecycleEvent> E await(Class<E> kind) {
        long end = System.nanoTime() + LIMIT.toNanos();
        Optional<E> found = first(kind);
        while (found.isEmpty()) {
            waitUntil(end, kind);
            found = first(kind);
        }
        return found.get();
    }

    synchronized void record(LifecycleEvent event) {
        recorded.add(event);
        notifyAll();
    }

    synchronized void clear() {
        recorded.clear();
    }

    private <E extends LifecycleEvent> Optional<E> first(Class<E> kind) {
        return all(kind).stream().findFirst();
    }

    private void waitUntil(long end, Class<?> kind) {
        long millis = (end - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new AssertionError("no " + kind.getSimpleName() + " within " + LIMIT + ", only " + recorded);
        }
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + kind.getSimpleName(), e);
        }
    }
}
