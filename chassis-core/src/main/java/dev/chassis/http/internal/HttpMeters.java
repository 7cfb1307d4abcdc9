package dev.chassis.http.internal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The meters of a server. Without a registry it records nothing. Thread-safe once bound. */
final class HttpMeters {

    static final String REQUESTS = "http.server.requests";
    static final String CONNECTIONS = "chassis.http.connections";
    static final String IN_FLIGHT = "chassis.http.in.flight";
    static final String EVENTS = "chassis.http.events";
    static final String QUEUED = "chassis.http.queued";
    static final String REFUSED = "chassis.http.refused";
    private static final String OTHER = "OTHER";

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

    private final Map<RefusedBecause, Counter> refused = new EnumMap<>(RefusedBecause.class);
    private @Nullable MeterRegistry registry; // set before start

    void bind(MeterRegistry target) {
        registry = target;
        for (RefusedBecause reason : RefusedBecause.values()) {
            refused.put(
                    reason,
                    Counter.builder(REFUSED)
                            .description("Requests and connections refused by the server itself")
                            .tag("reason", reason.tag())
                            .register(target));
        }
    }

    <T> void gauge(String name, String description, T source, ToDoubleFunction<T> value) {
        if (registry != null) {
            Gauge.builder(name, source, value).description(description).register(registry);
        }
    }

    void refused(RefusedBecause reason) {
        Counter counter = refused.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    /** A recorder for one event loop. */
    Recorder recorder() {
        return new Recorder(registry);
    }

    /** Remembers its timers, because looking one up in a registry costs more than an event loop wants to pay. Loop-only. */
    static final class Recorder {

        private final @Nullable MeterRegistry registry;
        private final Map<String, List<Entry>> timers = new HashMap<>();
        private @Nullable Entry last; // most often the next one

        private Recorder(@Nullable MeterRegistry registry) {
            this.registry = registry;
        }

        void record(String method, String route, int status, long nanos) {
            if (registry != null) {
                timer(registry, method, route, status).record(nanos, TimeUnit.NANOSECONDS);
            }
        }

        private Timer timer(MeterRegistry target, String method, String route, int status) {
            Entry entry = last;
            if (entry == null || !entry.isOf(method, status) || !entry.route.equals(route)) {
                entry = entry(target, method, route, status);
                last = entry;
            }
            return entry.timer;
        }

        private Entry entry(MeterRegistry target, String method, String route, int status) {
            List<Entry> entries = timers.get(route);
            if (entries == null) {
                entries = new ArrayList<>(2);
                timers.put(route, entries);
            }
            Entry entry = find(entries, method, status);
            if (entry != null) {
                return entry;
            }
            String known = METHODS.contains(method) ? method : OTHER; // tags are bounded
            entry = known.equals(method) ? null : find(entries, known, status);
            return entry == null ? add(target, entries, known, route, status) : entry;
        }

        private static @Nullable Entry find(List<Entry> entries, String method, int status) {
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.get(i);
                if (entry.isOf(method, status)) {
                    return entry;
                }
            }
            return null;
        }

        private static Entry add(MeterRegistry target, List<Entry> entries, String known, String route, int status) {
            Entry entry = new Entry(known, route, status, register(target, known, route, status));
            entries.add(entry);
            return entry;
        }

        private static Timer register(MeterRegistry target, String method, String route, int status) {
            return Timer.builder(REQUESTS)
                    .description("Time from a request's head to its answer")
                    .tag("method", method)
                    .tag("route", route)
                    .tag("status", Integer.toString(status))
                    .tag("outcome", outcome(status))
                    .register(target);
        }

        private static String outcome(int status) {
            if (status < 200) {
                return "INFORMATIONAL";
            }
            if (status < 300) {
                return "SUCCESS";
            }
            if (status < 400) {
                return "REDIRECTION";
            }
            return status < 500 ? "CLIENT_ERROR" : "SERVER_ERROR";
        }

        private record Entry(String method, String route, int status, Timer timer) {

            boolean isOf(String otherMethod, int otherStatus) {
                return status == otherStatus && method.equals(otherMethod);
            }
        }
    }
}
