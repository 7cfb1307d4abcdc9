package dev.chassis.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogCaptureTest {

    private static final Logger LOG = LoggerFactory.getLogger("com.example.Captured");

    @Test
    void hasALineWhenTheCallHasReturned() {
        try (LogCapture capture = LogCapture.start()) {
            LOG.info("one");
            assertThat(capture.lines()).singleElement().asString().contains("\"msg\":\"one\"");
        }
    }

    @Test
    void sharesLinesWithOtherCaptures() {
        try (LogCapture outer = LogCapture.start()) {
            try (LogCapture inner = LogCapture.start()) {
                LOG.info("both");
                assertThat(inner.lines()).hasSize(1);
            }
            LOG.info("outer only");
            assertThat(outer.lines()).hasSize(2);
        }
    }

    @Test
    void keepsItsLinesAndTakesNoMoreWhenClosed() {
        LogCapture capture = LogCapture.start();
        LOG.info("before");
        capture.close();
        capture.close();
        LOG.info("after");

        assertThat(capture.lines()).hasSize(1);
    }

    @Test
    void missesNothingFromManyThreads() throws Exception {
        int threads = 8;
        int each = 500;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try (LogCapture capture = LogCapture.start()) {
            List<Future<?>> tasks = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                tasks.add(executor.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        LOG.atInfo().addKeyValue("id", thread + "/" + i).log("busy");
                    }
                }));
            }
            for (Future<?> task : tasks) {
                task.get(30, TimeUnit.SECONDS);
            }
            List<Map<String, Object>> lines = Json.parseAll(capture.lines());
            assertThat(lines)
                    .extracting(line -> line.get("id"))
                    .doesNotHaveDuplicates()
                    .hasSize(threads * each);
        } finally {
            executor.shutdownNow();
        }
    }
}
