package dev.chassis;

import dev.chassis.admin.Operations;
import dev.chassis.config.Configuration;
import dev.chassis.http.HttpApplication;
import dev.chassis.http.HttpServer;
import dev.chassis.lifecycle.Component;
import dev.chassis.lifecycle.DrainReport;
import dev.chassis.lifecycle.Lifecycle;
import dev.chassis.lifecycle.LifecycleEvent;
import dev.chassis.lifecycle.LogControl;
import dev.chassis.lifecycle.ServiceState;
import dev.chassis.lifecycle.StartLedger;
import dev.chassis.time.Deadline;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service put together.
 *
 * <p>{@code lifecycle}, {@code http}, {@code application} and {@code admin} are set once by the assembler before anybody else has it; {@code ledger} is written
 * by the thread that starts it.
 */
final class ChassisService implements RunningService {

    private static final Logger LOG = LoggerFactory.getLogger("dev.chassis.lifecycle");
    private static final Duration LOG_FLUSH = Duration.ofSeconds(2);

    private final String name;
    private final CoreConfig config;
    private final Optional<LogControl> logs;
    private final Operations operations;
    private @Nullable Lifecycle lifecycle;
    private @Nullable HttpServer http;
    private @Nullable HttpApplication application;
    private @Nullable AdminServer admin;
    private volatile @Nullable StartLedger ledger;

    ChassisService(
            String name,
            String version,
            CoreConfig config,
            Configuration configuration,
            Optional<LogControl> logs,
            Placement placement) {
        this.name = name;
        this.config = config;
        this.logs = logs;
        this.operations = new ServiceOperations(this, version, configuration, logs, placement);
    }

    void lifecycle(Lifecycle made) {
        lifecycle = made;
    }

    void http(HttpServer made, HttpApplication serving) {
        http = made;
        application = serving;
    }

    /** Loads what only the first request with JSON would, or the first use of a component. */
    void afterReady() {
        if (application != null) {
            application.warmUp();
        }
        for (Component component : lifecycle().components()) {
            try {
                component.afterReady();
            } catch (Exception e) {
                LOG.warn("{}: not prepared for its first use, which will take longer", component.name(), e);
            }
        }
    }

    /** What is served on the main port, if anything is. */
    Optional<HttpApplication> application() {
        return Optional.ofNullable(application);
    }

    boolean servesHttp() {
        return http != null;
    }

    boolean servesAdmin() {
        return admin != null;
    }

    void admin(AdminServer made) {
        admin = made;
    }

    Operations operations() {
        return operations;
    }

    /** Starts everything; see {@link Lifecycle#start}. */
    void start(long originNanos) {
        ledger = lifecycle().start(originNanos);
    }

    /** The last phase of a drain: what was logged is written out before anybody is told that it is over. */
    void onEvent(LifecycleEvent event) {
        if (event instanceof LifecycleEvent.Drained) {
            flushLogs(Deadline.after(LOG_FLUSH));
        }
    }

    /** Completes with the report when a drain is over, whoever asked for it. */
    CompletionStage<DrainReport> drained() {
        return lifecycle().drained();
    }

    Lifecycle lifecycle() {
        return Objects.requireNonNull(lifecycle, "lifecycle");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ServiceState state() {
        return lifecycle().state();
    }

    @Override
    public StartLedger ledger() {
        StartLedger written = ledger;
        if (written == null) {
            throw new IllegalStateException("service " + name + " has not become ready: " + state());
        }
        return written;
    }

    @Override
    public int port() {
        if (http == null) {
            throw new IllegalStateException("service " + name + " serves no HTTP (expected: a call of Service.http)");
        }
        return http.port();
    }

    @Override
    public int adminPort() {
        if (admin == null) {
            throw new IllegalStateException("service " + name + " has no admin port (chassis.admin.enabled is false)");
        }
        return admin.port();
    }

    @Override
    public CompletionStage<DrainReport> drain(String cause) {
        return drain(cause, config.drain().announce());
    }

    /** The same with another ceiling for the announce phase. */
    CompletionStage<DrainReport> drain(String cause, Duration announceCeiling) {
        return lifecycle().drain(cause, announceCeiling);
    }

    @Override
    public void close() {
        drain("close").toCompletableFuture().join();
    }

    Duration announceCeiling() {
        return config.drain().announce();
    }

    Duration drainBudget() {
        return config.drain().budget();
    }

    void flushLogs(Deadline deadline) {
        logs.ifPresent(control -> control.flush(deadline));
    }
}
