package dev.chassis.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.context.Correlation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class CorrelationInLinesTest {

    private static final Logger LOG = LoggerFactory.getLogger("com.example.Correlated");
    private static final Correlation A = new Correlation("a", "a".repeat(32));
    private static final Correlation B = new Correlation("b", "b".repeat(32));

    private final LogCapture capture = LogCapture.start();
    private final ExecutorService pool = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() {
        capture.close();
        pool.shutdownNow();
    }

    @Test
    void isThatOfTheInnermostScope() {
        try (Correlation.Scope outer = A.open()) {
            LOG.info("outer");
            try (Correlation.Scope inner = B.open()) {
                LOG.info("inner");
            }
            LOG.info("outer again");
        }
        LOG.info("nobody's");

        assertThat(ids()).containsExactly("a", "b", "a", "none");
        assertThat(Json.parse(capture.lines().get(1))).containsEntry("trace_id", "b".repeat(32));
        assertThat(capture.lines().get(3)).doesNotContain("trace_id", "correlation_id");
    }

    @Test
    void goesWithTheTaskToAnotherThreadAndNotWithTheNext() throws Exception {
        Executor executor = Correlation.wrap((Executor) pool);
        CompletableFuture<Void> done;
        try (Correlation.Scope scope = A.open()) {
            done = CompletableFuture.runAsync(() -> LOG.info("one"), executor)
                    .thenRunAsync(() -> LOG.info("two"), executor);
        }
        done.get(10, TimeUnit.SECONDS);
        pool.submit(() -> LOG.info("three")).get(10, TimeUnit.SECONDS);

        assertThat(ids().get(0)).isEqualTo("a");
        assertThat(ids().get(2)).isEqualTo("none");
    }

    @Test
    void isOnTheLineThatReportsTheFailureOfATask() throws Exception {
        Runnable task;
        try (Correlation.Scope scope = A.open()) {
            task = Correlation.wrap((Runnable) () -> {
                try {
                    throw new IllegalStateException("task");
                } catch (IllegalStateException e) {
                    LOG.error("failed", e);
                }
            });
        }
        pool.submit(task).get(10, TimeUnit.SECONDS);

        assertThat(ids()).containsExactly("a");
        assertThat(Json.parse(capture.lines().get(0))).containsEntry("error.type", "java.lang.IllegalStateException");
    }

    private List<Object> ids() {
        return capture.lines().stream()
                .map(Json::parse)
                .map((Map<String, Object> line) -> line.getOrDefault("correlation_id", "none"))
                .toList();
    }
}
