package dev.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.context.Correlation;
import dev.chassis.time.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrackedBackgroundTest {

    private static final int CONCURRENT = 2;
    private static final int WAITING = 3;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TrackedBackground background = new TrackedBackground(new BackgroundConfig() {
        @Override
        public int maxConcurrent() {
            return CONCURRENT;
        }

        @Override
        public int maxWaiting() {
            return WAITING;
        }
    });
    private final CountDownLatch released = new CountDownLatch(1);

    @BeforeEach
    void start() {
        background.bindTo(meters);
        background.start(deadline());
    }

    @AfterEach
    void stop() {
        released.countDown();
        background.stop(deadline());
    }

    @Test
    void runsUnderTheCorrelationItWasHandedOverWith() throws Exception {
        AtomicReference<String> id = new AtomicReference<>();
        CompletionStage<Void> done;
        try (Correlation.Scope scope = new Correlation("order-7", "0af7651916cd43dd8448eb211c80319c").open()) {
            done = background.run(
                    "notify",
                    () -> id.set(Objects.requireNonNull(Correlation.current()).id()));
        }
        await(done);

        assertThat(id).hasValue("order-7");
    }

    @Test
    void runsNoMoreThanAllowedAtOnceAndEverythingInTheEnd() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CompletableFuture<?>[] all = new CompletableFuture<?>[CONCURRENT + WAITING];
        for (int i = 0; i < all.length; i++) {
            all[i] = background
                    .run("count", () -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        released.await();
                        running.decrementAndGet();
                    })
                    .toCompletableFuture();
        }
        released.countDown();
        CompletableFuture.allOf(all).get(1, TimeUnit.MINUTES);

        assertThat(most.get()).isBetween(1, CONCURRENT);
        assertThat(meters.get("chassis.background.tasks")
                        .tags("task", "count", "outcome", "success")
                        .timer()
                        .count())
                .isEqualTo(all.length);
    }

    @Test
    void refusesOneMoreThanMayWaitAndNamesTheKeys() {
        for (int i = 0; i < CONCURRENT + WAITING; i++) {
            background.run("block", released::await);
        }

        assertThatThrownBy(() -> background.run("one-more", released::await))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining(
                        "5 tasks are running or waiting already (chassis.background.max-concurrent + max-waiting)");
        assertThat(background.inFlight()).isEqualTo(CONCURRENT + WAITING);
    }

    @Test
    void theDrainAwaitsWaitingAndRunningTasks() throws Exception {
        AtomicInteger finished = new AtomicInteger();
        for (int i = 0; i < CONCURRENT + WAITING; i++) {
            background.run("work", () -> {
                released.await();
                finished.incrementAndGet();
            });
        }
        CompletionStage<Void> drained = background.drain();
        boolean tooEarly = drained.toCompletableFuture().isDone();
        released.countDown();
        await(drained);

        assertThat(tooEarly).isFalse();
        assertThat(finished).hasValue(CONCURRENT + WAITING);
    }

    @Test
    void refusesNewWorkOnceItDrains() {
        background.drain();

        assertThatThrownBy(() -> background.run("late", () -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("background task late: the service is draining");
    }

    @Test
    void aTaskThatIsStillCountedMayHandOverAnotherWhileDraining() throws Exception {
        AtomicReference<CompletionStage<Void>> second = new AtomicReference<>();
        CountDownLatch draining = new CountDownLatch(1);
        background.run("first", () -> {
            draining.await();
            second.set(background.run("second", () -> {}));
        });
        CompletionStage<Void> drained = background.drain();
        draining.countDown();
        await(drained);

        assertThat(Objects.requireNonNull(second.get()).toCompletableFuture()).isCompleted();
    }

    @Test
    void aTaskThatThrowsIsCountedAsFailedAndOver() {
        CompletionStage<Void> done = background.run("broken", () -> {
            throw new IllegalStateException("no");
        });

        assertThatThrownBy(() -> await(done)).hasRootCauseMessage("no");
        assertThat(meters.get("chassis.background.tasks")
                        .tags("task", "broken", "outcome", "failure")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    private static void await(CompletionStage<Void> stage) throws Exception {
        stage.toCompletableFuture().get(1, TimeUnit.MINUTES);
    }

    private static Deadline deadline() {
        return Deadline.after(Duration.ofSeconds(20));
    }
}
