package dev.chassis.client;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The meters of calls to one service. Without a registry it records nothing. Thread-safe once bound. */
final class ClientMeters {

    private static final int FIRST_STATUS = 100;

    private final String client;
    private volatile @Nullable MeterRegistry registry;

    ClientMeters(String client) {
        this.client = client;
    }

    void bind(MeterRegistry target) {
        registry = target;
    }

    /** One attempt; a status of 0 is none. */
    void record(String method, int status, long nanos) {
        MeterRegistry target = registry;
        if (target != null) {
            Timer.builder("http.client.requests")
                    .description("Attempts of calls to other services")
                    .tag("client", client)
                    .tag("method", method)
                    .tag("status", status < FIRST_STATUS ? "IO_ERROR" : Integer.toString(status))
                    .register(target)
                    .record(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
