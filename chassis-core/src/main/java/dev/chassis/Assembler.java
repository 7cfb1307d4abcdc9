package dev.chassis;

import dev.chassis.admin.Admin;
import dev.chassis.admin.ProbeRoutes;
import dev.chassis.config.Checked;
import dev.chassis.config.ConfigException;
import dev.chassis.config.Configuration;
import dev.chassis.devservices.TrainingServers;
import dev.chassis.ecs.EcsMetadata;
import dev.chassis.health.HealthRegistry;
import dev.chassis.health.Probes;
import dev.chassis.http.AccessLogConfig;
import dev.chassis.http.HttpApplication;
import dev.chassis.http.HttpServer;
import dev.chassis.http.Routes;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.Lifecycle;
import dev.chassis.lifecycle.LifecycleEvent;
import dev.chassis.lifecycle.LogControl;
import dev.chassis.metrics.Metrics;
import dev.chassis.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Puts a service together, in two steps: {@link #list} reads the configuration and lets the service list its parts and routes; {@link
 * #build} makes the chassis' own parts around them. Nothing starts in either. Used by one thread, once.
 */
final class Assembler {

    private final String name;
    private final String version;
    private final Ticker ticker = Ticker.system();
    private final Configuration configuration;
    private final CoreConfig core;
    private final Optional<LogControl> logs = LogControls.find();
    private final HealthRegistry health = new HealthRegistry(ticker);
    private final Probes probes = new Probes(health);
    private final LoadBalancerWatch watch = new LoadBalancerWatch(ticker);
    private final TrackedBackground background;
    private final Assembly assembly;
    private final FutureTask<Metrics> metrics;
    private final boolean training;
    private @Nullable HttpApplication application; // null if nothing is served; set by the listing
    private @Nullable AccessLogConfig accessLog; // set by the listing

    private Assembler(String name, String version, Map<String, String> overrides, boolean training) {
        this.training = training;
        this.name = name;
        this.version = version;
        this.configuration = Configuration.load(overrides);
        this.core = CoreConfig.bind(configuration);
        this.background = new TrackedBackground(core.background());
        this.metrics = new FutureTask<>(() -> new Metrics(name, version, core.metrics()));
        this.assembly = new Assembly(name, configuration, background, this::metrics);
    }

    /**
     * Reads the configuration and lets the service list its parts.
     *
     * @throws ConfigException with every problem there is
     */
    static Assembler list(String name, Map<String, String> overrides, Consumer<Service> listing) {
        return new Assembler(name, Version.of(listing), overrides, false).listed(listing);
    }

    /**
     * The same for a training run, where servers stand in for what parts connect to, and may be missing.
     *
     * @throws ConfigException with every value that is wrong or missing and that no part of its own knows to do without
     */
    private static Assembler listForTraining(String name, Map<String, String> overrides, Consumer<Service> listing) {
        TrainingServers.use();
        return new Assembler(name, Version.of(listing), Training.overrides(overrides), true).listed(listing);
    }

    /** The one or the other, as the command line says: one call for both, so that a training run records what a start calls. */
    static Assembler list(String name, CommandLine line, Consumer<Service> listing) {
        return line.mode() == CommandLine.Mode.TRAIN
                ? listForTraining(name, line.overrides(), listing)
                : list(name, line.overrides(), listing);
    }

    private Assembler listed(Consumer<Service> listing) {
        new Thread(metrics, "preload-meters").start();
        list(listing);
        configureLogs();
        return this;
    }

    /** The configuration, to be shown. */
    Configuration configuration() {
        return configuration;
    }

    /** Makes everything, connected and not started. */
    ChassisService build() {
        Placement placement = new Placement(EcsMetadata.read(training ? Map.of() : System.getenv()));
        ChassisService service = new ChassisService(name, version, core, configuration, logs, placement);
        List<Component> components = new ArrayList<>(parts());
        MemoryGuard memory = new MemoryGuard(placement, core.start().onHeapExcess());
        components.add(memory);
        components.add(background);
        components.add(new MetricsRegistry(metrics()));
        components.add(new HealthSchedule(health));
        addAdmin(components, new Admin(health, probes, metrics(), service.operations(), ticker), service);
        addHttp(components, service);
        components.forEach(this::register);
        assembly.checks.forEach(health::register);
        logs.ifPresent(control -> control.bindTo(metrics().registry()));
        placement.tell(logs, metrics().registry());
        HealthOfComponents checks = new HealthOfComponents(components, health);
        service.lifecycle(new Lifecycle(
                components, core.start(), core.drain(), ticker, listeners(checks, service, placement, () -> {
                    metrics().bindJvm();
                    memory.tell();
                    placement.read().thenAccept(lint(service)::tell);
                })));
        return service;
    }

    private void configureLogs() {
        logs.ifPresent(control ->
                control.configure(configuration.settings("chassis.log"), Map.of("service", name, "version", version)));
    }

    private void list(Consumer<Service> listing) {
        try {
            listing.accept(assembly);
        } catch (ConfigException e) {
            configuration.verify(); // a bad value was read: all the others belong into the same report
            throw e;
        }
        declareRoutes();
        bindAccessLog();
        configuration.verify();
        core.checkRelations(configuration);
        checkParts();
        if (!training) {
            configuration.verify();
        }
        configuration
                .warnings()
                .forEach(line -> LoggerFactory.getLogger("dev.chassis.config").warn("{}", line));
    }

    private List<Component> parts() {
        return training ? Rehearsed.all(assembly.components) : assembly.components;
    }

    /** In a training run, too, so that what it loads is in the cache; there nobody is told of what it finds. */
    private void checkParts() {
        for (Component part : assembly.components) {
            if (part instanceof Checked checked) {
                checked.check(configuration::problem);
            }
        }
    }

    private void addAdmin(List<Component> components, Admin admin, ChassisService service) {
        if (core.admin().enabled()) {
            HttpApplication application = HttpApplication.of(
                    List.of(admin.routes(assembly.components)),
                    routes -> {},
                    core.http().maxBodyBytes(),
                    core.http().requestTimeout());
            AdminServer server =
                    new AdminServer(new HttpServer(new AdminHttpConfig(core.admin(), core.http()), application), admin);
            components.add(server);
            service.admin(server);
        }
    }

    /** All there will ever be: a route that is declared later is refused. */
    private void declareRoutes() {
        if (!assembly.routes.isEmpty()) {
            try {
                application = HttpApplication.of(
                        assembly.routes,
                        watched(new ProbeRoutes(probes)),
                        core.http().maxBodyBytes(),
                        core.http().requestTimeout());
            } catch (RuntimeException e) {
                configuration.verify(); // a bad value is told first: it may be why
                throw e;
            }
        }
    }

    private void bindAccessLog() {
        Set<String> routes = application == null ? Set.of() : application.templates();
        configuration.names("chassis.http.access-log.routes", routes);
        accessLog = configuration.bind(AccessLogConfig.class);
    }

    private void addHttp(List<Component> components, ChassisService service) {
        if (application != null) {
            HttpServer server = new HttpServer(core.http(), application);
            server.accessLog(Objects.requireNonNull(accessLog));
            components.add(watch);
            components.add(server);
            service.http(server, application);
        }
    }

    private Consumer<Routes> watched(Consumer<Routes> routesOfProbes) {
        return routes -> routesOfProbes.accept(routes.filter((request, next) -> {
            watch.probed();
            return next.handle(request);
        }));
    }

    private void register(Component component) {
        health.register(component.name(), component::health);
        component.bindTo(metrics().registry());
    }

    private DeploymentLint lint(ChassisService service) {
        return DeploymentLint.of(core, configuration, service.servesHttp());
    }

    private List<Consumer<LifecycleEvent>> listeners(
            HealthOfComponents checks, ChassisService service, Placement placement, Runnable whenCalm) {
        List<Consumer<LifecycleEvent>> listeners = new ArrayList<>();
        listeners.add(new ProbePhases(probes)); // first: readiness must fail before anybody is told that a drain began
        listeners.add(checks);
        listeners.add(new LifecycleLog(placement));
        listeners.add(new AfterReady(service::afterReady, whenCalm));
        listeners.addAll(assembly.listeners);
        listeners.add(service::onEvent);
        return listeners;
    }

    /** Made by whoever comes first: the thread that prepares them beside the listing, or the listing that asks for them. */
    private Metrics metrics() {
        metrics.run();
        try {
            return metrics.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the meters were made", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }
}
