package dev.chassis.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.metrics.MeterSelection;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

class BillTest {

    @Test
    void aMetricIsANameWithItsDimensions() {
        Bill bill = new Bill(Duration.ofMinutes(1));

        bill.add(List.of(datum("a", "1"), datum("a", "2"), datum("b", "1")));
        bill.add(List.of(datum("a", "1")));

        assertThat(bill.count()).isEqualTo(3);
        assertThat(Bill.perMonth(3)).isEqualByComparingTo("0.90");
    }

    @Test
    void itIsToldFirstAndWheneverItHasDoubled() {
        try (Lines logs = Lines.of(CloudWatchMetrics.class)) {
            Bill bill = new Bill(Duration.ofMinutes(1));
            bill.tell(1);
            bill.add(data(2));
            bill.tell(1);
            bill.add(data(3));
            bill.tell(1);
            bill.add(data(4));
            bill.tell(2);

            assertThat(logs.messages())
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith("2 metrics").contains("0.60 USD", "0.44 USD"),
                            line -> assertThat(line).startsWith("4 metrics").contains("1.20 USD", "0.88 USD"));
        }
    }

    @Test
    void fewMetersPassAndTimersLoseTheirTags() {
        MeterRegistry registry = new SimpleMeterRegistry();
        registry.config()
                .meterFilter(new MeterSelection(
                        List.of("http.server.requests", "pool."), List.of("outcome"), "orders", "prod"));
        registry.timer("http.server.requests", "route", "/a", "outcome", "SUCCESS")
                .record(Duration.ofMillis(1));
        registry.timer("http.server.requests", "route", "/b", "outcome", "SUCCESS")
                .record(Duration.ofMillis(1));
        registry.gauge("pool.pending", List.of(Tag.of("pool", "db")), 3);
        registry.counter("other").increment();

        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .extracting(Meter.Id::getName)
                .containsExactlyInAnyOrder("http.server.requests", "pool.pending");
        assertThat(registry.get("http.server.requests")
                        .tags("Service", "orders", "Environment", "prod", "outcome", "SUCCESS")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("pool.pending").tag("pool", "db").gauge().value())
                .isEqualTo(3);
    }

    private static List<MetricDatum> data(int count) {
        return IntStream.range(0, count).mapToObj(i -> datum("m" + i, "1")).toList();
    }

    private static MetricDatum datum(String name, String value) {
        return MetricDatum.builder()
                .metricName(name)
                .dimensions(Dimension.builder().name("d").value(value).build())
                .build();
    }
}
