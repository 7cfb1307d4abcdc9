package dev.chassis;

import dev.chassis.admin.ConfigEntry;
import dev.chassis.admin.Operations;
import dev.chassis.config.Configuration;
import dev.chassis.ecs.EcsTask;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.DrainReport;
import dev.chassis.lifecycle.LogControl;
import dev.chassis.lifecycle.ServiceState;
import dev.chassis.lifecycle.StartLedger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the admin endpoints may ask of a service. Thread-safe, as the service is. */
final class ServiceOperations implements Operations {

    private final ChassisService service;
    private final String version;
    private final Configuration configuration;
    private final Optional<LogControl> logs;
    private final Placement placement;

    ServiceOperations(
            ChassisService service,
            String version,
            Configuration configuration,
            Optional<LogControl> logs,
            Placement placement) {
        this.service = service;
        this.version = version;
        this.configuration = configuration;
        this.logs = logs;
        this.placement = placement;
    }

    @Override
    public Map<String, String> build() {
        return Map.of("name", service.name(), "version", version, "chassis", Version.of(service));
    }

    @Override
    public Map<String, String> task() {
        return placement.task().map(EcsTask::describe).orElse(Map.of());
    }

    @Override
    public List<ConfigEntry> configuration() {
        return configuration.entries().stream()
                .map(entry -> new ConfigEntry(entry.key(), entry.value(), entry.origin()))
                .toList();
    }

    @Override
    public ServiceState state() {
        return service.state();
    }

    @Override
    public Optional<StartLedger> ledger() {
        return service.state() == ServiceState.STARTING ? Optional.empty() : Optional.of(service.ledger());
    }

    @Override
    public Map<String, Integer> inFlight() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Component component : service.lifecycle().components()) {
            if (component.inFlight() > 0) {
                counts.put(component.name(), component.inFlight());
            }
        }
        return counts;
    }

    @Override
    public void drain() {
        service.drain("admin");
    }

    @Override
    public Optional<DrainReport> lastDrain() {
        return service.lifecycle().drainReport();
    }

    @Override
    public Optional<LogControl> logControl() {
        return logs;
    }
}
