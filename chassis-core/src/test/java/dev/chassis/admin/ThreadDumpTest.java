package dev.chassis.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThreadDumpTest {

    @Test
    void showsEveryThreadWithItsStackAndWhatItHoldsAndWaitsFor() throws Exception {
        Object monitor = new Object();
        Thread waiting = new Thread(
                () -> {
                    synchronized (monitor) {
                        throw new IllegalStateException("never printed: the test ends first");
                    }
                },
                "dump-waiting");
        waiting.setDaemon(true);
        waiting.setUncaughtExceptionHandler((thread, e) -> {});
        synchronized (monitor) {
            waiting.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> waiting.getState() == Thread.State.BLOCKED);
            String self = Thread.currentThread().getName();
            assertThat(ThreadDump.take())
                    .containsPattern("\"dump-waiting\" #\\d+ daemon BLOCKED on java.lang.Object@\\w+ held by \"" + self)
                    .contains("    - locked java.lang.Object@")
                    .contains("    at dev.chassis.admin.ThreadDumpTest.")
                    .doesNotContain("DEADLOCK");
        }
        waiting.join();
    }

    @Test
    void showsDeadlocksFirst() throws Exception {
        ReentrantLock one = new ReentrantLock();
        ReentrantLock two = new ReentrantLock();
        CountDownLatch bothHeld = new CountDownLatch(2);
        Thread a = inOrder("dead-a", one, two, bothHeld);
        Thread b = inOrder("dead-b", two, one, bothHeld);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> ManagementFactory.getThreadMXBean().findDeadlockedThreads() != null);
        assertThat(ThreadDump.take())
                .startsWith("DEADLOCK of 2 threads:\n\"dead-a\" #")
                .contains("    holds java.util.concurrent.locks.ReentrantLock$NonfairSync@");
        a.interrupt();
        a.join();
        b.join();
    }

    private static Thread inOrder(String name, ReentrantLock first, ReentrantLock second, CountDownLatch bothHeld) {
        Thread thread = new Thread(
                () -> {
                    first.lock();
                    try {
                        bothHeld.countDown();
                        bothHeld.await();
                        second.lockInterruptibly();
                        second.unlock();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        first.unlock();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
