package dev.chassis;

import dev.chassis.config.Configuration;
import dev.chassis.health.HealthCheck;
import dev.chassis.http.Routes;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.LifecycleEvent;
import dev.chassis.metrics.MeterSink;
import dev.chassis.metrics.Metrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a service has listed so far. Used by the thread that assembles it. */
final class Assembly implements Service {

    private final String name;
    private final Configuration configuration;
    private final Background background;
    private final Supplier<Metrics> metrics;
    final List<Component> components = new ArrayList<>();
    final List<Consumer<Routes>> routes = new ArrayList<>();
    final List<HealthCheck> checks = new ArrayList<>();
    final List<Consumer<LifecycleEvent>> listeners = new ArrayList<>();

    Assembly(String name, Configuration configuration, Background background, Supplier<Metrics> metrics) {
        this.name = name;
        this.configuration = configuration;
        this.background = background;
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public <T extends Component> T add(T component) {
        if (component instanceof MeterSink sink) {
            sink.sink(name).ifPresent(registry -> metrics.get().mirror(registry));
        }
        components.add(component);
        return component;
    }

    @Override
    public <T> T config(Class<T> mapping) {
        return configuration.bind(mapping);
    }

    @Override
    public <T> T config(String prefix, Class<T> mapping) {
        return configuration.bind(prefix, mapping);
    }

    @Override
    public void http(Consumer<Routes> declaration) {
        routes.add(declaration);
    }

    @Override
    public Background background() {
        return background;
    }

    @Override
    public MeterRegistry meters() {
        return metrics.get().registry();
    }

    @Override
    public void check(HealthCheck check) {
        checks.add(check);
    }

    @Override
    public void warmUp(String hookName, WarmUp hook) {
        components.add(new WarmUpHook(hookName, hook));
    }

    @Override
    public void onEvent(Consumer<LifecycleEvent> listener) {
        listeners.add(listener);
    }
}
