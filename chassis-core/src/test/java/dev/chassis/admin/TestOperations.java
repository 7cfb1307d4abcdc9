package dev.chassis.admin;

import dev.chassis.lifecycle.DrainPhase;
import dev.chassis.lifecycle.DrainReport;
import dev.chassis.lifecycle.LogControl;
import dev.chassis.lifecycle.ServiceState;
import dev.chassis.lifecycle.Stage;
import dev.chassis.lifecycle.StartLedger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A service that is ready, and drains at once when asked. */
final class TestOperations implements Operations {

    final AtomicInteger drains = new AtomicInteger();
    private final @Nullable LogControl logControl;

    TestOperations(@Nullable LogControl logControl) {
        this.logControl = logControl;
    }

    @Override
    public Map<String, String> build() {
        return Map.of("name", "orders", "version", "1.2", "commit", "abc123");
    }

    @Override
    public Map<String, String> task() {
        return Map.of("zone", "eu-west-1b");
    }

    @Override
    public List<ConfigEntry> configuration() {
        return List.of(
                new ConfigEntry("db.url", "jdbc:postgresql://db/orders", "environment"),
                new ConfigEntry("db.password", "****", "environment"));
    }

    @Override
    public ServiceState state() {
        return drains.get() == 0 ? ServiceState.READY : ServiceState.DRAINING;
    }

    @Override
    public Optional<StartLedger> ledger() {
        StartLedger.Entry http = new StartLedger.Entry("http", Stage.INGRESS, Duration.ofMillis(70), 1);
        return Optional.of(new StartLedger(Duration.ofMillis(800), Duration.ofMillis(500), List.of(http), "cds"));
    }

    @Override
    public Map<String, Integer> inFlight() {
        return Map.of("http", 3);
    }

    @Override
    public void drain() {
        drains.incrementAndGet();
    }

    @Override
    public Optional<DrainReport> lastDrain() {
        return drains.get() == 0
                ? Optional.empty()
                : Optional.of(new DrainReport(
                        DrainReport.Verdict.ABANDONED,
                        "admin",
                        Duration.ofMillis(1500),
                        Duration.ofSeconds(30),
                        Map.of(DrainPhase.AWAIT, Duration.ofMillis(1200)),
                        Map.of("http", 3),
                        Map.of("http", 1),
                        List.of()));
    }

    @Override
    public Optional<LogControl> logControl() {
        return Optional.ofNullable(logControl);
    }
}
