package dev.chassis.http.internal;

import dev.chassis.context.Correlation;
import dev.chassis.http.AccessLogConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line per request, as far as the rules want it: errors and slow requests always, others by a share of all, or of their route. A line
 * tells for how many requests it stands, so that sums over lines are sums over requests. The values of a query are never told. Immutable;
 * called by event loops, which the logging system must not keep waiting.
 */
final class AccessLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.chassis.http.access");
    private static final List<String> PROBES = List.of("/livez", "/readyz", "/startupz");
    private static final int ALL = 100;
    private static final int SERVER_ERROR = 500;

    /** Tells nothing. */
    static final AccessLog OFF = new AccessLog(false, 0, Map.of(), SERVER_ERROR, false, 0);

    private final boolean enabled;
    private final int percent;
    private final Map<String, Integer> routes;
    private final int errorsFrom;
    private final boolean recorded;
    private final long slowNanos;

    private AccessLog(
            boolean enabled,
            int percent,
            Map<String, Integer> routes,
            int errorsFrom,
            boolean recorded,
            long slowNanos) {
        this.enabled = enabled;
        this.percent = percent;
        this.routes = routes;
        this.errorsFrom = errorsFrom;
        this.recorded = recorded;
        this.slowNanos = slowNanos;
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
        return new AccessLog(
                config.enabled(),
                config.percent(),
                Map.copyOf(routes),
                config.errorsFrom(),
                config.recorded(),
                config.slow().toNanos());
    }

    void record(RequestExchange request, int status, long nanos) {
        double weight = enabled ? weight(request, status, nanos) : 0;
        if (weight > 0) {
            try (Correlation.Scope scope = request.correlation().open()) {
                tell(request, status, nanos, weight);
            }
        }
    }

    /** For how many requests its line stands; 0 for no line. */
    private double weight(RequestExchange request, int status, long nanos) {
        Correlation correlation = request.correlation();
        int share = routes.getOrDefault(request.endpoint().template(), percent);
        if (share == ALL
                || status >= errorsFrom
                || nanos >= slowNanos
                || recorded && correlation.sampled() && share > 0) {
            return 1;
        }
        boolean chosen = Math.floorMod(correlation.traceId().hashCode(), ALL) < share;
        return chosen ? (double) ALL / share : 0;
    }

    private static void tell(RequestExchange request, int status, long nanos, double weight) {
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
                .addKeyValue("client", request.clientAddress())
                .addKeyValue("sample_weight", weight);
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
