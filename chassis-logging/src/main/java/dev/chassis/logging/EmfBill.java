package dev.chassis.logging;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what is paid for: each name with its dimensions, and the bytes of the lines. Tells it after the first publication and whenever the
 * number of metrics has doubled. Used by one thread at a time.
 *
 * @see <a href="https://aws.amazon.com/cloudwatch/pricing/">Amazon CloudWatch pricing</a>
 */
final class EmfBill {

    /** US dollars per metric and month for the first 10,000, and per GB of logs taken in, in us-east-1. */
    private static final BigDecimal METRIC = new BigDecimal("0.30");

    private static final BigDecimal GIGABYTE = new BigDecimal("0.50");
    private static final BigDecimal BYTES = BigDecimal.valueOf(1_000_000_000);
    private static final long MONTH_MILLIS = Duration.ofHours(730).toMillis();

    private static final Logger LOG = LoggerFactory.getLogger(EmfMetrics.class);

    private record Metric(String name, Map<String, String> dimensions) {}

    private final Duration step;
    private final Set<Metric> metrics = new HashSet<>();
    private int told;

    EmfBill(Duration step) {
        this.step = step;
    }

    /** These have been written, in so many bytes. */
    void add(List<EmfMetric> written, long bytes) {
        written.forEach(metric -> metrics.add(new Metric(metric.name(), metric.dimensions())));
        int now = metrics.size();
        if (now > 0 && now >= 2 * told) {
            told = now;
            tell(now, bytes);
        }
    }

    private void tell(int now, long bytes) {
        LOG.atInfo()
                .addKeyValue("event", "emf_bill")
                .addKeyValue("metrics", now)
                .addKeyValue("line_bytes", bytes)
                .log(
                        "{} metrics go to CloudWatch through the log, {} bytes every {} s: about {} USD a month for the metrics of all"
                                + " tasks together, and {} USD for the lines of each (list prices of us-east-1)",
                        now,
                        bytes,
                        step.toSeconds(),
                        METRIC.multiply(BigDecimal.valueOf(now)).setScale(2, RoundingMode.HALF_UP),
                        ingestionPerMonth(bytes));
    }

    BigDecimal ingestionPerMonth(long bytes) {
        BigDecimal times =
                BigDecimal.valueOf(MONTH_MILLIS).divide(BigDecimal.valueOf(step.toMillis()), 3, RoundingMode.HALF_UP);
        return GIGABYTE.multiply(BigDecimal.valueOf(bytes)).multiply(times).divide(BYTES, 2, RoundingMode.HALF_UP);
    }
}
