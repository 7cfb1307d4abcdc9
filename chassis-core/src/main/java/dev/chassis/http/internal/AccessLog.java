package dev.chassis.http.internal;

import dev.chassis.context.Correlation;
import dev.chassis.http.AccessLogConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line per request, as far as the rules want it: server errors and slow requests always, others by a share of all, or of their route.
 * The values of a query are never told. Immutable; called by event loops, which the logging system must not keep waiting.
 */
final class AccessLog {

    /** Tells nothing. */
    static final AccessLog OFF = new AccessLog(false, 0, Map.of(), Duration.ofDays(1));

    private static final Logger LOG = LoggerFactory.getLogger("dev.chassis.http.access");
    private static final List<String> PROBES = List.of("/livez", "/readyz", "/startupz");
    private static final int ALL = 100;
    private static final int SERVER_ERROR = 500;

    private final boolean enabled;
    private final int percent;
    private final Map<String, Integer> routes;
    private final long slowNanos;

    private AccessLog(boolean enabled, int percent, Map<String, Integer> routes, Duration slow) {
        this.enabled = enabled;
        this.percent = percent;
        this.routes = routes;
        this.slowNanos = slow.toNanos();
    }

    /**
     * What the configuration says.
     *
     * @throws IllegalArgumentException if a share is none
     */
    static AccessLog of(AccessLogConfig config) {
        Map<String, Integer> routes = new HashMap<>();
        PROBES.forEach(probe -> routes.put(probe, 0));
        config.routes().forEach((route, share) -> {
            if (share < 0 || share > ALL) {
                throw new IllegalArgumentException(
                        "chassis.http.access-log.routes." + route + ": " + share + " (expected: 0 to 100)");
            }
            routes.put(route, share);
        });
        return new AccessLog(config.enabled(), config.percent(), Map.copyOf(routes), config.slow());
    }

    void record(RequestExchange request, int status, long nanos) {
        if (enabled && (status >= SERVER_ERROR || nanos >= slowNanos || isChosen(request))) {
            try (Correlation.Scope scope = request.correlation().open()) {
                tell(request, status, nanos);
            }
        }
    }

    private boolean isChosen(RequestExchange request) {
        int share = routes.getOrDefault(request.endpoint().template(), percent);
        return share == ALL
                || share > 0 && Math.floorMod(request.correlation().traceId().hashCode(), ALL) < share;
    }

    private static void tell(RequestExchange request, int status, long nanos) {
        String target = request.target();
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        LoggingEventBuilder level = status >= SERVER_ERROR ? LOG.atWarn() : LOG.atInfo();
        LoggingEventBuilder line = level.addKeyValue("event", "access")
                .addKeyValue("method", request.method())
                .addKeyValue("path", path)
                .addKeyValue("route", request.endpoint().template())
                .addKeyValue("status", status)
                .addKeyValue("took_ms", TimeUnit.NANOSECONDS.toMicros(nanos) / 1e3)
                .addKeyValue("client", request.clientAddress());
        if (query >= 0) {
            line = line.addKeyValue("query", redacted(target.substring(query + 1)));
        }
        line.log("{} {} {}", request.method(), path, status);
    }

    /** Names without their values: who calls chooses both, and passwords have been seen there. */
    static String redacted(String query) {
        StringBuilder names = new StringBuilder();
        for (String parameter : query.split("&", -1)) {
            int value = parameter.indexOf('=');
            names.append(names.isEmpty() ? "" : "&").append(value < 0 ? "***" : parameter.substring(0, value) + "=***");
        }
        return names.toString();
    }
}
