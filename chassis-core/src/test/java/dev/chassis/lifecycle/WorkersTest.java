package dev.chassis.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class WorkersTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void runsTasksOnThreadsWithTheirName() throws Exception {
        Workers workers = Workers.create("worker", 2);
        CompletableFuture<String> name = new CompletableFuture<>();
        workers.execute(() -> name.complete(Thread.currentThread().getName()));
        assertThat(name.get(20, TimeUnit.SECONDS)).matches("worker-\\d+");
        assertThat(workers.shutdown(Deadline.after(LIMIT))).isTrue();
    }

    @Test
    void runsEveryTaskAlthoughThreadsAreFew() throws Exception {
        Workers workers = Workers.create("worker", 3);
        CountDownLatch done = new CountDownLatch(1000);
        for (int i = 0; i < 1000; i++) {
            workers.execute(done::countDown);
        }
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        workers.shutdown(Deadline.after(LIMIT));
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_23)
    void growsToTheLimitBeforeTasksWait() throws Exception {
        Workers workers = Workers.create("worker", 4);
        Set<String> threads = ConcurrentHashMap.newKeySet();
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        for (int i = 0; i < 6; i++) {
            workers.execute(() -> {
                threads.add(Thread.currentThread().getName());
                begun.incrementAndGet();
                awaitQuietly(go);
            });
        }
        await().until(() -> begun.get() == 4);
        go.countDown();
        await().until(() -> begun.get() == 6);
        assertThat(threads).hasSize(4);
        workers.shutdown(Deadline.after(LIMIT));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_24)
    void usesVirtualThreadsWhereTheyDoNotPin() throws Exception {
        Workers workers = Workers.create("worker", 1);
        CompletableFuture<Object> virtual = new CompletableFuture<>();
        workers.execute(() -> virtual.complete(isVirtual(Thread.currentThread())));
        assertThat(virtual.get(20, TimeUnit.SECONDS)).isEqualTo(true);
        workers.shutdown(Deadline.after(LIMIT));
    }

    @Test
    void interruptsWhatRunsAndAcceptsNothingMoreOnShutdown() throws Exception {
        Workers workers = Workers.create("worker", 2);
        CountDownLatch began = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        workers.execute(() -> {
            began.countDown();
            interrupted.set(!awaitQuietly(new CountDownLatch(1)));
        });
        began.await();
        assertThat(workers.shutdown(Deadline.after(LIMIT))).isTrue();
        assertThat(interrupted).isTrue();
        assertThatThrownBy(() -> workers.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThat(workers.shutdown(Deadline.after(LIMIT))).isTrue();
    }

    @Test
    void tellsThatATaskIgnoredItsInterruption() throws Exception {
        Workers workers = Workers.create("worker", 2);
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        workers.execute(() -> {
            began.countDown();
            while (go.getCount() > 0) {
                awaitQuietly(go);
            }
        });
        began.await();
        assertThat(workers.shutdown(Deadline.after(Duration.ofMillis(50)))).isFalse();
        go.countDown();
        assertThat(workers.shutdown(Deadline.after(LIMIT))).isTrue();
    }

    @Test
    void refusesALimitBelowOne() {
        assertThatThrownBy(() -> Workers.create("worker", 0)).hasMessageContaining("maxThreads: 0");
    }

    private static Object isVirtual(Thread thread) {
        try {
            return Thread.class.getMethod("isVirtual").invoke(thread);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean awaitQuietly(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }
}
