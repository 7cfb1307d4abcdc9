package dev.chassis.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that use a pool again and again until they are told to end. */
final class Load implements AutoCloseable {

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger successes = new AtomicInteger();
    private final Queue<SQLException> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    /** One use of the pool. */
    interface Use {
        void run() throws SQLException;
    }

    Load(int count, Use use) {
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(() -> repeat(use), "load-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    int successes() {
        return successes.get();
    }

    List<SQLException> failures() {
        return List.copyOf(failures);
    }

    /** Whether every thread has ended; waits a while for it. */
    boolean end() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            thread.join(30_000);
        }
        return threads.stream().noneMatch(Thread::isAlive);
    }

    @Override
    public void close() throws InterruptedException {
        end();
    }

    private void repeat(Use use) {
        while (!ended) {
            try {
                use.run();
                successes.incrementAndGet();
            } catch (SQLException e) {
                failures.add(e);
            }
        }
    }
}
