package dev.chassis.http.internal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * The streams of events that are open: so many at once, and each is told when the server drains. Thread-safe.
 *
 * <p>I1: a stream is in {@code open} before it is asked whether there is a drain, which is set before they are told; so each is told.
 */
final class EventStreams {

    private final Semaphore free;
    private final Set<ResponseStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean draining; // set once

    EventStreams(int most) {
        this.free = new Semaphore(most);
    }

    /** Whether one more may be open, which {@link #close} must follow. */
    boolean open(ResponseStream stream) {
        if (!free.tryAcquire()) {
            return false;
        }
        open.add(stream);
        if (draining) {
            stream.leave(); // I1
        }
        return true;
    }

    void close(ResponseStream stream) {
        open.remove(stream);
        free.release();
    }

    void drain() {
        draining = true; // I1
        open.forEach(ResponseStream::leave);
    }

    int count() {
        return open.size();
    }
}
