package dev.chassis.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.http.CapturedLog;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MetricBillTest {

    private static final BigDecimal CALL = new BigDecimal("0.00001");

    private final MetricBill bill =
            new MetricBill(LoggerFactory.getLogger(MetricBillTest.class), "some_bill", Duration.ofMinutes(1));

    @Test
    void aMetricIsANameWithItsDimensions() {
        try (CapturedLog log = new CapturedLog(MetricBillTest.class)) {
            bill.add("a", Map.of("d", "1"));
            bill.add("a", Map.of("d", "2"));
            bill.add("b", Map.of("d", "1"));
            bill.add("a", Map.of("d", "1"));
            bill.tell(", in 1 calls", CALL, "calls");

            assertThat(log.events()).singleElement().satisfies(line -> {
                assertThat(line.getFormattedMessage())
                        .isEqualTo(
                                "3 metrics go to CloudWatch, in 1 calls every 60 s: about 0.90 USD a month for the metrics"
                                        + " of all tasks together, and 0.44 USD for the calls of each (list prices of us-east-1)");
                assertThat(line.getKeyValuePairs())
                        .extracting(pair -> pair.key + "=" + pair.value)
                        .containsExactly("event=some_bill", "metrics=3");
            });
        }
    }

    @Test
    void itIsToldFirstAndWheneverItHasDoubled() {
        try (CapturedLog log = new CapturedLog(MetricBillTest.class)) {
            for (int metrics : new int[] {0, 2, 3, 4, 7, 8}) {
                IntStream.range(0, metrics).forEach(i -> bill.add("m" + i, ""));
                bill.tell("", CALL, "calls");
            }

            assertThat(log.events())
                    .extracting(line -> line.getFormattedMessage().split(" ")[0])
                    .containsExactly("2", "4", "8");
        }
    }
}
