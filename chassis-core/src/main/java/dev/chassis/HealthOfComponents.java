package dev.chassis;

import dev.chassis.health.HealthRegistry;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.DrainPhase;
import dev.chassis.lifecycle.LifecycleEvent;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Keeps the checks of a component on the schedule exactly while it is started. Called by start and stop threads at once. */
final class HealthOfComponents implements Consumer<LifecycleEvent> {

    private final Map<String, Component> components;
    private final HealthRegistry registry;
    private final Map<String, Queue<HealthRegistry.Registration>> registered = new ConcurrentHashMap<>();

    HealthOfComponents(List<Component> components, HealthRegistry registry) {
        // Of two parts of one name the lifecycle speaks, in better words.
        this.components = components.stream()
                .collect(Collectors.toMap(Component::name, Function.identity(), (first, second) -> first));
        this.registry = registry;
    }

    @Override
    public void accept(LifecycleEvent event) {
        if (event instanceof LifecycleEvent.ComponentStarted started) {
            register(started.component());
        } else if (event instanceof LifecycleEvent.DrainPhaseEntered entered && entered.phase() == DrainPhase.CLOSE) {
            registered.keySet().forEach(this::close); // what is being stopped would only fail
        } else if (event instanceof LifecycleEvent.ComponentFailed failed) {
            close(failed.component());
        }
    }

    private void register(String name) {
        Component component = components.get(name);
        if (component != null) {
            component
                    .healthChecks()
                    .forEach(check -> registered
                            .computeIfAbsent(name, key -> new ConcurrentLinkedQueue<>())
                            .add(registry.register(check)));
        }
    }

    private void close(String name) {
        Queue<HealthRegistry.Registration> registrations = registered.remove(name);
        if (registrations != null) {
            registrations.forEach(HealthRegistry.Registration::close);
        }
    }
}
