package dev.chassis.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InFlightTest {

    private final InFlight inFlight = new InFlight();

    @Test
    void countsWhatEnteredAndHasNotLeft() {
        assertThat(inFlight.tryEnter()).isTrue();
        assertThat(inFlight.tryEnter()).isTrue();
        inFlight.enterNested();
        assertThat(inFlight.count()).isEqualTo(3);

        inFlight.exit();
        assertThat(inFlight.count()).isEqualTo(2);
        assertThat(inFlight.isClosed()).isFalse();
    }

    @Test
    void isOverAtOnceWhenNothingIsInFlight() {
        assertThat(inFlight.close()).isCompleted();
        assertThat(inFlight.isClosed()).isTrue();
    }

    @Test
    void acceptsNothingOnceClosed() {
        inFlight.close();

        assertThat(inFlight.tryEnter()).isFalse();
        assertThat(inFlight.count()).isZero();
    }

    @Test
    void isOverWhenTheLastHasLeft() {
        inFlight.tryEnter();
        inFlight.tryEnter();
        CompletableFuture<Void> over = inFlight.close().toCompletableFuture();
        inFlight.exit();
        assertThat(over).isNotDone();

        inFlight.exit();
        assertThat(over).isCompleted();
    }

    @Test
    void isNotOverWhileItIsOpen() {
        inFlight.tryEnter();
        inFlight.exit();
        inFlight.tryEnter();
        CompletableFuture<Void> over = inFlight.close().toCompletableFuture();

        assertThat(over).isNotDone();
        inFlight.exit();
        assertThat(over).isCompleted();
    }

    @Test
    void acceptsNestedWorkOfWhatIsStillInFlightWhenClosed() {
        inFlight.tryEnter();
        CompletableFuture<Void> over = inFlight.close().toCompletableFuture();
        inFlight.enterNested();
        inFlight.exit();
        assertThat(over).isNotDone();

        inFlight.exit();
        assertThat(over).isCompleted();
        assertThatIllegalStateException().isThrownBy(inFlight::enterNested);
    }

    @Test
    void canBeClosedAgain() {
        inFlight.tryEnter();
        CompletableFuture<Void> first = inFlight.close().toCompletableFuture();
        CompletableFuture<Void> second = inFlight.close().toCompletableFuture();
        assertThat(second).isNotDone();

        inFlight.exit();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
    }

    @Test
    void cannotBeCompletedByThoseWhoWait() {
        inFlight.tryEnter();
        inFlight.close().toCompletableFuture().complete(null);

        assertThat(inFlight.close().toCompletableFuture()).isNotDone();
    }

    @Test
    void refusesAnExitThatNobodyEnteredFor() {
        assertThatIllegalStateException().isThrownBy(inFlight::exit);
        assertThat(inFlight.count()).isZero();
        inFlight.close();
        assertThatIllegalStateException().isThrownBy(inFlight::exit);
        assertThat(inFlight.count()).isZero();
    }

    /** A mistake elsewhere must not make a drain wait for nothing: a close that saw a count below zero would never be over. */
    @Test
    void isNeverBelowZeroNotEvenWhileSomebodyLeavesTooOften() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger least = new AtomicInteger();
        run(List.of(
                () -> {
                    for (int i = 0; i < 200_000; i++) {
                        leaveTooOften();
                    }
                    done.set(true);
                    return null;
                },
                () -> {
                    while (!done.get()) {
                        least.accumulateAndGet(inFlight.count(), Math::min);
                    }
                    return null;
                }));

        assertThat(least).hasValue(0);
    }

    private void leaveTooOften() {
        try {
            inFlight.exit();
        } catch (IllegalStateException expected) {
            return;
        }
        throw new AssertionError("left without having entered");
    }

    /** Threads enter, nest and leave at random while one closes; seeds are printed by the name of a failing repetition. */
    @RepeatedTest(20)
    void keepsItsPromisesUnderRandomInterleavings() throws Exception {
        for (int round = 0; round < 100; round++) {
            long seed = round;
            InFlight contended = new InFlight();
            AtomicInteger running = new AtomicInteger();
            CompletableFuture<Integer> runningWhenOver = new CompletableFuture<>();
            CyclicBarrier start = new CyclicBarrier(4);
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                Random random = new Random(seed * 31 + t);
                tasks.add(() -> {
                    start.await();
                    work(contended, running, random);
                    return null;
                });
            }
            Random random = new Random(seed);
            tasks.add(() -> {
                start.await();
                for (int i = random.nextInt(200); i > 0; i--) {
                    Thread.onSpinWait();
                }
                contended.close().thenRun(() -> runningWhenOver.complete(running.get()));
                assertThat(contended.tryEnter()).as("I1: closed means closed").isFalse();
                return null;
            });
            run(tasks);

            assertThat(contended.count()).as("I3, seed %d", seed).isZero();
            assertThat(runningWhenOver.get(10, TimeUnit.SECONDS))
                    .as("I2, seed %d", seed)
                    .isZero();
            assertThat(contended.tryEnter()).isFalse();
        }
    }

    private static void work(InFlight inFlight, AtomicInteger running, Random random) {
        for (int i = 0; i < 50 && inFlight.tryEnter(); i++) {
            running.incrementAndGet();
            int nested = random.nextInt(3);
            for (int n = 0; n < nested; n++) {
                inFlight.enterNested();
                running.incrementAndGet();
            }
            assertThat(inFlight.count()).isPositive();
            for (int n = 0; n <= nested; n++) {
                running.decrementAndGet();
                inFlight.exit();
            }
        }
    }

    private static void run(List<Callable<Void>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<Future<Void>> results = new ArrayList<>();
            for (Callable<Void> task : tasks) {
                results.add(threads.submit(task));
            }
            for (Future<Void> result : results) {
                result.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
