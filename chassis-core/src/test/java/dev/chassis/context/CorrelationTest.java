package dev.chassis.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class CorrelationTest {

    private static final Correlation A = new Correlation("a", "a".repeat(32));
    private static final Correlation B = new Correlation("b", "b".repeat(32));

    private final ExecutorService pool = Executors.newSingleThreadExecutor();

    @AfterEach
    void nothingIsLeftBehind() throws Exception {
        assertCurrent(null);
        pool.submit(() -> assertCurrent(null)).get(10, TimeUnit.SECONDS);
        pool.shutdownNow();
        MDC.clear();
    }

    @Test
    void isNobodysOutsideOfAnyScope() {
        assertCurrent(null);
    }

    @Test
    void isCurrentInsideItsScopeAndGoneAfterIt() {
        try (Correlation.Scope scope = A.open()) {
            assertCurrent(A);
        }
        assertCurrent(null);
    }

    @Test
    void isRestoredByANestedScope() {
        try (Correlation.Scope outer = A.open()) {
            try (Correlation.Scope inner = B.open()) {
                assertCurrent(B);
                try (Correlation.Scope again = B.open()) {
                    assertCurrent(B);
                }
                assertCurrent(B);
            }
            assertCurrent(A);
        }
    }

    @Test
    void isRestoredWhenTheWorkThrows() {
        assertThatThrownBy(() -> {
                    try (Correlation.Scope scope = A.open()) {
                        throw new IllegalStateException("work");
                    }
                })
                .hasMessage("work");
        assertCurrent(null);
    }

    @Test
    void leavesOtherKeysOfTheMdcAlone() {
        MDC.put("mine", "1");
        try (Correlation.Scope scope = A.open()) {
            MDC.put("later", "2");
        }
        assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("mine", "later");
    }

    @Test
    void returnsToTheMdcWhenSomebodyClearedIt() {
        try (Correlation.Scope outer = A.open()) {
            MDC.clear();
            try (Correlation.Scope inner = A.open()) {
                assertCurrent(A);
            }
            assertCurrent(A);
        }
    }

    @Test
    void travelsWithAWrappedRunnable() throws Exception {
        List<@Nullable Correlation> seen = new CopyOnWriteArrayList<>();
        Runnable task = under(A, () -> Correlation.wrap((Runnable) () -> seen.add(Correlation.current())));
        pool.submit(task).get(10, TimeUnit.SECONDS);

        assertThat(seen).containsExactly(A);
    }

    @Test
    void travelsWithAWrappedCallable() throws Exception {
        Callable<String> task = under(A, () -> Correlation.wrap(() -> MDC.get(Correlation.ID_KEY)));

        assertThat(pool.submit(task).get(10, TimeUnit.SECONDS)).isEqualTo("a");
    }

    @Test
    void leavesAThreadThatItsTaskFailedOn() throws Exception {
        Callable<Void> task = under(
                A,
                () -> Correlation.wrap((Callable<Void>) () -> {
                    throw new IllegalStateException("task");
                }));
        Future<Void> failed = pool.submit(task);

        assertThatThrownBy(() -> failed.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("task");
        pool.submit(() -> assertCurrent(null)).get(10, TimeUnit.SECONDS);
    }

    @Test
    void isCapturedWhereWrapIsCalledNotWhereTheTaskRuns() {
        List<@Nullable Correlation> seen = new ArrayList<>();
        Runnable task = under(A, () -> Correlation.wrap((Runnable) () -> seen.add(Correlation.current())));
        try (Correlation.Scope scope = B.open()) {
            task.run();
            assertCurrent(B);
        }
        assertThat(seen).containsExactly(A);
    }

    @Test
    void wrapsNothingAroundATaskWhenThereIsNone() {
        Runnable runnable = () -> {};
        Callable<String> callable = () -> "x";

        assertThat(Correlation.wrap(runnable)).isSameAs(runnable);
        assertThat(Correlation.wrap(callable)).isSameAs(callable);
    }

    @Test
    void travelsThroughAWrappedExecutor() throws Exception {
        Executor executor = Correlation.wrap((Executor) pool);
        CompletableFuture<@Nullable Correlation> first;
        CompletableFuture<@Nullable Correlation> second;
        try (Correlation.Scope scope = A.open()) {
            first = CompletableFuture.supplyAsync(Correlation::current, executor);
        }
        try (Correlation.Scope scope = B.open()) {
            second = CompletableFuture.supplyAsync(Correlation::current, executor);
        }
        CompletableFuture<@Nullable Correlation> third = CompletableFuture.supplyAsync(Correlation::current, executor);

        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(A);
        assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(B);
        assertThat(third.get(10, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void survivesAnExecutorThatRunsOnTheCaller() {
        List<@Nullable Correlation> seen = new ArrayList<>();
        try (Correlation.Scope scope = A.open()) {
            Correlation.wrap((Executor) Runnable::run).execute(() -> seen.add(Correlation.current()));
            assertCurrent(A);
        }
        assertThat(seen).containsExactly(A);
    }

    @Test
    void doesNotLeakBetweenThreadsThatShareTheWork() throws Exception {
        ExecutorService many = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                Correlation mine = Correlation.mint();
                Callable<Boolean> task = under(
                        mine,
                        () -> Correlation.wrap(() -> mine.equals(Correlation.current())
                                && mine.id().equals(MDC.get(Correlation.ID_KEY))
                                && mine.traceId().equals(MDC.get(Correlation.TRACE_ID_KEY))));
                results.add(many.submit(i % 3 == 0 ? () -> Correlation.current() == null : task));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get(10, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            many.shutdownNow();
        }
    }

    private static <T> T under(Correlation correlation, java.util.function.Supplier<T> work) {
        try (Correlation.Scope scope = correlation.open()) {
            return work.get();
        }
    }

    private static void assertCurrent(@Nullable Correlation expected) {
        assertThat(Correlation.current()).isEqualTo(expected);
        assertThat(MDC.get(Correlation.ID_KEY)).isEqualTo(expected == null ? null : expected.id());
        assertThat(MDC.get(Correlation.TRACE_ID_KEY)).isEqualTo(expected == null ? null : expected.traceId());
    }
}
