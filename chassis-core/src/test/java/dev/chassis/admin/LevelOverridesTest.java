package dev.chassis.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chassis.health.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What time does to levels. */
class LevelOverridesTest {

    private static final Duration TIME = Duration.ofMinutes(15);
    private static final Duration MOMENT = Duration.ofNanos(1);

    private final ManualTicker ticker = new ManualTicker();
    private final TestLogControl logs = new TestLogControl();
    private final LevelOverrides overrides = new LevelOverrides(logs, ticker);

    @Test
    void keepsTheLevelUntilItsTimeIsOver() {
        overrides.set("com.acme", "DEBUG", TIME);
        after(TIME.minus(MOMENT));
        assertThat(logs.levels()).containsEntry("com.acme", "DEBUG");
        after(MOMENT);
        assertThat(logs.levels()).containsEntry("com.acme", "WARN");
    }

    @Test
    void inheritsAgainWhereTheLevelWasInherited() {
        overrides.set("com.acme.db", "DEBUG", TIME);
        after(TIME);
        assertThat(logs.levels()).doesNotContainKey("com.acme.db");
    }

    @Test
    void aSecondChangeReplacesTheWayBackAndRemembersTheOriginal() {
        overrides.set("com.acme", "DEBUG", TIME);
        after(Duration.ofMinutes(10));
        overrides.set("com.acme", "TRACE", TIME);
        after(Duration.ofMinutes(10));
        assertThat(logs.levels()).containsEntry("com.acme", "TRACE");
        after(Duration.ofMinutes(5));
        assertThat(logs.levels()).containsEntry("com.acme", "WARN");
        assertThat(overrides.all()).isEmpty();
    }

    @Test
    void aShorterSecondChangeEndsEarlier() {
        overrides.set("com.acme", "DEBUG", TIME);
        overrides.set("com.acme", "TRACE", Duration.ofMinutes(1));
        after(Duration.ofMinutes(1));
        assertThat(logs.levels()).containsEntry("com.acme", "WARN");
    }

    @Test
    void takesBackOnlyWhatIsOver() {
        overrides.set("com.acme", "DEBUG", TIME);
        overrides.set("ROOT", "DEBUG", TIME.plus(MOMENT));
        after(TIME);
        assertThat(overrides.all()).extracting(LevelOverride::logger).containsExactly("ROOT");
    }

    @Test
    void takesEverythingBackOnCloseAndSetsNothingAfterIt() {
        overrides.set("com.acme", "DEBUG", TIME);
        overrides.set("ROOT", "OFF", TIME);
        overrides.close();
        assertThat(logs.levels()).containsEntry("com.acme", "WARN").containsEntry("ROOT", "INFO");
        assertThatThrownBy(() -> overrides.set("com.acme", "DEBUG", TIME)).isInstanceOf(IllegalStateException.class);
        assertThat(logs.levels()).containsEntry("com.acme", "WARN");
    }

    private void after(Duration time) {
        ticker.advance(time);
        overrides.revertDue();
    }
}
