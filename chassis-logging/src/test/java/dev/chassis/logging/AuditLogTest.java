package dev.chassis.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.chassis.context.Correlation;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditLogTest {

    private final LogbackControl control = new LogbackControl();

    @AfterEach
    void reset() {
        control.configure(Map.of(), Map.of());
    }

    @Test
    void recordsWhateverTheLevelsAre() {
        control.setLevel("ROOT", "OFF");
        try (LogCapture capture = LogCapture.start();
                Correlation.Scope scope = new Correlation("c-1", "a".repeat(32)).open()) {
            AuditLog.named("payments").record("refund", Map.of("cents", 995, "card_number", "x"));

            assertThat(Json.parse(capture.lines().get(0)))
                    .contains(
                            entry("level", "INFO"),
                            entry("logger", "audit.payments"),
                            entry("msg", "refund"),
                            entry("event", "refund"),
                            entry("cents", 995),
                            entry("card_number", "***"),
                            entry("correlation_id", "c-1"));
        }
    }
}
