package dev.chassis.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void theMedianOfAnOddNumberIsTheMiddleOne() {
        assertEquals(3, of(9, 1, 3).median());
    }

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
        assertEquals(4, of(9, 1, 3, 5).median());
    }

    @Test
    void aRatioIsMedianOverMedian() {
        assertEquals(0.5, of(1, 2, 100).ratioTo(of(4, 4, 1)));
    }

    @Test
    void aPercentileIsTheTimeWithinWhichThatShareCame() {
        Latencies latencies = new Latencies(Duration.ofSeconds(1));
        for (int micros = 1; micros <= 1000; micros++) {
            latencies.answered(200, TimeUnit.MICROSECONDS.toNanos(micros));
        }

        assertEquals(500, latencies.percentileMicros(0.50));
        assertEquals(990, latencies.percentileMicros(0.99));
    }

    private static Samples of(double... values) {
        Samples samples = new Samples();
        for (double value : values) {
            samples.add(value);
        }
        return samples;
    }
}
