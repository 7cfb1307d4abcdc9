package dev.chassis.logging;

import dev.chassis.metrics.MetricBill;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.step.StepMeterRegistry;
import io.micrometer.core.instrument.step.StepRegistryConfig;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Micrometer's registry of steps, which writes lines and begins when it is told to.
 *
 * <p>Thread-safe. I1: {@code told} belongs to whoever publishes, which Micrometer lets one thread do at a time.
 */
final class EmfRegistry extends StepMeterRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(EmfMetrics.class);
    private static final Duration FINEST = Duration.ofMinutes(1);

    /** US dollars per byte of logs that is taken in, in us-east-1. */
    private static final BigDecimal BYTE = new BigDecimal("0.50e-9");

    private final EmfLines lines;
    private final MetricBill bill;
    private final IntSupplier budget;
    private final Consumer<String> out;
    private final Set<String> told = new HashSet<>();

    EmfRegistry(Settings settings, String namespace, Clock clock, IntSupplier budget, Consumer<String> out) {
        super(settings, clock);
        this.budget = budget;
        this.out = out;
        this.bill = new MetricBill(LOG, "emf_bill", settings.step());
        this.lines = new EmfLines(namespace, settings.step().compareTo(FINEST) < 0, this::leftOut);
    }

    @Override
    protected TimeUnit getBaseTimeUnit() {
        return TimeUnit.MILLISECONDS;
    }

    @Override
    protected void publish() {
        List<EmfMetric> metrics = getMeters().stream()
                .flatMap(meter -> EmfNumbers.of(meter).stream())
                .toList();
        long bytes = 0;
        for (String line : lines.of(metrics, clock.wallTime(), budget.getAsInt())) {
            out.accept(line);
            bytes += line.length() + 1;
        }
        metrics.forEach(metric -> bill.add(metric.name(), metric.dimensions()));
        bill.tell(" through the log, " + bytes + " bytes", BYTE.multiply(BigDecimal.valueOf(bytes)), "lines");
    }

    private void leftOut(EmfMetric metric, String why) {
        if (told.add(metric.name())) {
            LOG.warn("{} is not told to CloudWatch: {}", metric.name(), why);
        }
    }

    /** Ours, as Micrometer asks for them. */
    static final class Settings implements StepRegistryConfig {

        private final Duration step;
        private volatile boolean enabled;

        Settings(Duration step) {
            this.step = step;
        }

        void enable() {
            enabled = true;
        }

        @Override
        public String prefix() {
            return "chassis.emf";
        }

        @Override
        public @Nullable String get(String key) {
            return null;
        }

        @Override
        public Duration step() {
            return step;
        }

        @Override
        public boolean enabled() {
            return enabled;
        }
    }
}
