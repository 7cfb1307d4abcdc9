package dev.chassis.hazelcast;

import com.hazelcast.core.IndeterminateOperationState;
import com.hazelcast.map.IMap;
import com.hazelcast.spi.exception.TargetDisconnectedException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Threads that write keys of their own and read them back, until they are stopped. Thread-safe. */
final class Load {

    private static final int THREADS = 4;

    private final IMap<Integer, Integer> map;
    private final AtomicInteger keys = new AtomicInteger();
    private final Set<Integer> written = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads;
    private volatile boolean stopped;

    private Load(IMap<Integer, Integer> map) {
        this.map = map;
        this.threads = IntStream.range(0, THREADS)
                .mapToObj(i -> new Thread(this::work, "load-" + i))
                .toList();
    }

    static Load on(IMap<Integer, Integer> map) {
        Load load = new Load(map);
        load.threads.forEach(Thread::start);
        return load;
    }

    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    int acknowledged() {
        return written.size();
    }

    /** A write whose connection broke may or may not have been done: the client says so and leaves it at that. */
    List<Exception> failuresOtherThanUnknownOutcomes() {
        return failures.stream()
                .filter(failure -> !(failure instanceof TargetDisconnectedException))
                .filter(failure -> !(failure instanceof IndeterminateOperationState))
                .toList();
    }

    List<Integer> lost(IMap<Integer, Integer> now) {
        return written.stream().filter(key -> !key.equals(now.get(key))).toList();
    }

    private void work() {
        while (!stopped) {
            int key = keys.incrementAndGet();
            try {
                map.set(key, key);
                written.add(key);
                map.get(key);
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
    }

    @Override
    public String toString() {
        return written.size() + " writes acknowledged, " + failures.size() + " failures";
    }
}
