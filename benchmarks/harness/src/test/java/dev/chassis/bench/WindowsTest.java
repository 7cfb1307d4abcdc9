package dev.chassis.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WindowsTest {
    @Test
    void aPauseInOneWindowIsNotInTheMedian() {
        Windows windows = new Windows(Windows.LENGTH.multipliedBy(3));
        answers(windows, 7_000); // before the first one
        for (int micros : new int[] {100, 40_000, 200}) {
            assertTrue(windows.next());
            answers(windows, micros);
        }

        assertFalse(windows.next());
        LoadResult result = windows.result(3);
        assertEquals(200, result.p99Micros());
        assertEquals(200, result.p50Micros());
        assertEquals(10, result.requestsPerSecond());
    }

    @Test
    void aWindowWithoutAnAnswerIsTheSlowestOfAll() {
        Windows windows = new Windows(Windows.LENGTH);
        assertTrue(windows.next());

        assertEquals(100_000, windows.result(1).p50Micros());
    }

    @Test
    void thereIsOneAtLeast() {
        assertThrows(IllegalArgumentException.class, () -> new Windows(Duration.ofMillis(49)));
    }

    private static void answers(Windows windows, int micros) {
        for (int i = 0; i < 10; i++) {
            windows.answered(200, TimeUnit.MICROSECONDS.toNanos(micros));
        }
    }
}
