package dev.chassis.cloudwatch;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

/**
 * Counts what is paid for: a metric is a name with its dimensions. Tells it after the first publication and whenever it has doubled.
 *
 * <p>Thread-safe. I1: {@code told} only grows, under the lock.
 *
 * @see <a href="https://aws.amazon.com/cloudwatch/pricing/">Amazon CloudWatch pricing</a>
 */
final class Bill {

    /** US dollars per metric and month for the first 10,000, and per 1,000 calls, in us-east-1. Later ones are cheaper, regions differ. */
    private static final BigDecimal METRIC = new BigDecimal("0.30");

    private static final BigDecimal CALL = new BigDecimal("0.00001");
    private static final long MONTH_SECONDS = Duration.ofHours(730).toSeconds();

    private static final Logger LOG = LoggerFactory.getLogger(CloudWatchMetrics.class);

    private record Metric(String name, List<Dimension> dimensions) {}

    private final Duration step;
    private final Set<Metric> metrics = ConcurrentHashMap.newKeySet();
    private int told; // I1

    Bill(Duration step) {
        this.step = step;
    }

    /** These have been published, by so many calls each time. */
    void add(List<MetricDatum> data) {
        data.forEach(datum -> metrics.add(new Metric(datum.metricName(), datum.dimensions())));
    }

    int count() {
        return metrics.size();
    }

    /** A publication is over. */
    void tell(int calls) {
        int now = count();
        if (isNews(now)) {
            LOG.atInfo()
                    .addKeyValue("event", "cloudwatch_bill")
                    .addKeyValue("metrics", now)
                    .log(
                            "{} metrics go to CloudWatch, in {} calls every {} s: about {} USD a month for the metrics of all tasks together, and {}"
                                    + " USD for the calls of each (list prices of us-east-1)",
                            now,
                            calls,
                            step.toSeconds(),
                            perMonth(now),
                            callsPerMonth(calls));
        }
    }

    /** Tasks share their metrics, because their dimensions do not tell them apart. */
    static BigDecimal perMonth(int metrics) {
        return METRIC.multiply(BigDecimal.valueOf(metrics)).setScale(2, RoundingMode.HALF_UP);
    }

    private BigDecimal callsPerMonth(int calls) {
        BigDecimal times = BigDecimal.valueOf(MONTH_SECONDS * calls)
                .divide(BigDecimal.valueOf(step.toMillis(), 3), 3, RoundingMode.HALF_UP);
        return CALL.multiply(times).setScale(2, RoundingMode.HALF_UP);
    }

    private synchronized boolean isNews(int now) {
        boolean news = now > 0 && now >= 2 * told;
        told = news ? now : told;
        return news;
    }
}
