package dev.chassis.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportsTest {

    private final LogTotals totals = new LogTotals();
    private final Map<Severity, Long> dropped = new EnumMap<>(Severity.class);
    private final Reports reports = new Reports(totals, level -> dropped.getOrDefault(level, 0L));

    @Test
    void tellsTotalsWhenTheHeartbeatIsDue() {
        reports.configure(CommonFields.NONE, Duration.ofNanos(1));
        totals.nextSeq();

        assertThat(reports.due())
                .singleElement()
                .satisfies(line -> assertThat(value(line, "lines")).isEqualTo(2L));
        assertThat(reports.nanosUntilDue()).isEqualTo(1);
    }

    @Test
    void isSilentWithoutAHeartbeatWhileNothingIsDropped() {
        reports.configure(CommonFields.NONE, Duration.ZERO);

        assertThat(reports.due()).isEmpty();
    }

    @Test
    void tellsWhatWasDroppedOnce() {
        dropped.put(Severity.INFO, 5L);
        dropped.put(Severity.WARN, 1L);

        assertThat(reports.due()).singleElement().satisfies(line -> {
            assertThat(line.level()).isEqualTo(Severity.WARN);
            assertThat(value(line, "event")).isEqualTo("log_dropped");
            assertThat(value(line, "dropped")).isEqualTo(6L);
            assertThat(value(line, "dropped_warn")).isEqualTo(1L);
        });
        assertThat(reports.due()).isEmpty();
    }

    private static Object value(Line line, String name) {
        for (int i = 0; i < line.fields().size(); i++) {
            if (line.fields().name(i).equals(name)) {
                return String.valueOf(line.fields().value(i)).matches("\\d+")
                        ? Long.valueOf(String.valueOf(line.fields().value(i)))
                        : String.valueOf(line.fields().value(i));
            }
        }
        throw new AssertionError(name);
    }
}
