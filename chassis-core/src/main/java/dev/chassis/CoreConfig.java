package dev.chassis;

import dev.chassis.admin.AdminConfig;
import dev.chassis.config.Configuration;
import dev.chassis.config.LogConfig;
import dev.chassis.ecs.TaskProtectionConfig;
import dev.chassis.http.AccessLogConfig;
import dev.chassis.http.HttpConfig;
import dev.chassis.lifecycle.DrainConfig;
import dev.chassis.lifecycle.StartConfig;
import dev.chassis.metrics.MetricsConfig;
import java.time.Duration;
import java.util.List;

/** The chassis' own keys, bound, and the rules between them. */
record CoreConfig(
        StartConfig start,
        DrainConfig drain,
        HttpConfig http,
        AdminConfig admin,
        MetricsConfig metrics,
        BackgroundConfig background,
        PlatformConfig platform) {

    private static final List<Class<?>> MAPPINGS = List.of(
            LogConfig.class,
            StartConfig.class,
            DrainConfig.class,
            HttpConfig.class,
            AccessLogConfig.class, // bound when its routes are known
            AdminConfig.class,
            MetricsConfig.class,
            BackgroundConfig.class,
            PlatformConfig.class,
            TaskProtectionConfig.class); // of services that add one; known to all

    private static final Duration KEEP_ALIVE_MARGIN = Duration.ofSeconds(5);

    static CoreConfig bind(Configuration configuration) {
        MAPPINGS.forEach(configuration::declare); // all known before the first is read: one look-up serves them all
        configuration.bind(LogConfig.class); // read as text by the logging system, but checked with all the others
        return new CoreConfig(
                configuration.bind(StartConfig.class),
                configuration.bind(DrainConfig.class),
                configuration.bind(HttpConfig.class),
                configuration.bind(AdminConfig.class),
                configuration.bind(MetricsConfig.class),
                configuration.bind(BackgroundConfig.class),
                configuration.bind(PlatformConfig.class));
    }

    /** Remembers every rule between keys that is broken. The values themselves are known to be good. */
    void checkRelations(Configuration configuration) {
        checkDrain(configuration);
        checkHttp(configuration);
        new PlatformContract(platform, drain, http).check(configuration);
        if (start.retryCap().compareTo(start.retryBase()) < 0) {
            configuration.problem(
                    "chassis.start.retry-cap",
                    "at least chassis.start.retry-base, " + start.retryBase().toMillis() + "ms");
        }
    }

    private void checkDrain(Configuration configuration) {
        Duration parts = drain.announce().plus(drain.close());
        if (drain.budget().compareTo(parts) <= 0) {
            configuration.problem(
                    "chassis.drain.budget",
                    "more than chassis.drain.announce + chassis.drain.close, " + parts.toMillis() + "ms together");
        }
    }

    /** The server's idle time-out must outlast the load balancer's, else a reused connection is just being closed and the client gets a 502; a
     * request must not, else the client gets a 504. */
    private void checkHttp(Configuration configuration) {
        http.loadBalancerIdleTimeout().ifPresent(idle -> {
            if (http.keepAlive().compareTo(idle.plus(KEEP_ALIVE_MARGIN)) < 0) {
                configuration.problem(
                        "chassis.http.keep-alive",
                        "at least chassis.http.load-balancer-idle-timeout and 5s, "
                                + idle.plus(KEEP_ALIVE_MARGIN).toMillis() + "ms");
            }
            if (http.requestTimeout().compareTo(idle) >= 0) {
                configuration.problem(
                        "chassis.http.request-timeout",
                        "less than chassis.http.load-balancer-idle-timeout, " + idle.toMillis() + "ms");
            }
        });
        if (http.tls().certificate().isPresent() != http.tls().privateKey().isPresent()) {
            String missing = http.tls().certificate().isPresent() ? "private-key" : "certificate";
            configuration.problem(
                    "chassis.http.tls." + missing, "a PEM file, as the other half of TLS is set; or neither");
        }
    }
}
