package dev.chassis.metrics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;

/**
 * Counts the metrics of CloudWatch, each a name with its dimensions, and tells what they cost: after the first publication, and whenever their
 * number has doubled. Tasks share their metrics, because their dimensions do not tell them apart.
 *
 * <p>Thread-safe. I1: {@code metrics} and {@code told} only grow, under the lock of this object.
 *
 * @see <a href="https://aws.amazon.com/cloudwatch/pricing/">Amazon CloudWatch pricing</a>
 */
public final class MetricBill {

    /** US dollars per metric and month for the first 10,000, in us-east-1. Later ones are cheaper, regions differ. */
    private static final BigDecimal METRIC = new BigDecimal("0.30");

    private static final BigDecimal MONTH_MILLIS =
            BigDecimal.valueOf(Duration.ofHours(730).toMillis());

    private record Metric(String name, Object dimensions) {}

    private final Logger log;
    private final String event;
    private final Duration step;
    private final Set<Metric> metrics = new HashSet<>();
    private int told;

    /**
     * A bill of nothing yet.
     *
     * @param log where it is told
     * @param event the field {@code event} of its lines
     * @param step the time between two publications
     */
    public MetricBill(Logger log, String event, Duration step) {
        this.log = log;
        this.event = event;
        this.step = step;
    }

    /** This has been published, perhaps not for the first time. */
    public synchronized void add(String name, Object dimensions) {
        metrics.add(new Metric(name, dimensions));
    }

    /**
     * A publication is over.
     *
     * @param way how it went, behind "metrics go to CloudWatch": {@code ", in 2 calls"}
     * @param dollars what it cost besides the metrics, by the list prices of us-east-1
     * @param priced what that was for: {@code calls}
     */
    public synchronized void tell(String way, BigDecimal dollars, String priced) {
        int now = metrics.size();
        if (now > 0 && now >= 2 * told) {
            told = now;
            log.atInfo()
                    .addKeyValue("event", event)
                    .addKeyValue("metrics", now)
                    .log(
                            "{} metrics go to CloudWatch{} every {} s: about {} USD a month for the metrics of all tasks together, and {} USD"
                                    + " for the {} of each (list prices of us-east-1)",
                            now,
                            way,
                            step.toSeconds(),
                            METRIC.multiply(BigDecimal.valueOf(now)).setScale(2, RoundingMode.HALF_UP),
                            perMonth(dollars),
                            priced);
        }
    }

    private BigDecimal perMonth(BigDecimal each) {
        return each.multiply(MONTH_MILLIS).divide(BigDecimal.valueOf(step.toMillis()), 2, RoundingMode.HALF_UP);
    }
}
